namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the Adam optimizer with decoupled weight decay (arXiv:1711.05101).</summary>
public sealed class AdamWOptions : AdamOptionsBase
{
    /// <summary>Initializes options with a learning rate of 0.001 and a weight decay of 0.01.</summary>
    public AdamWOptions()
        : base(weightDecay: 0.01)
    {
    }

    internal override bool IsDecoupled => true;
}
