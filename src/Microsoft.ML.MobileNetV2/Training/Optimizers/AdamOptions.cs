namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the Adam optimizer (arXiv:1412.6980).</summary>
public sealed class AdamOptions : AdamOptionsBase
{
    /// <summary>Initializes options with a learning rate of 0.001 and no weight decay.</summary>
    public AdamOptions()
        : base(weightDecay: 0)
    {
    }

    internal override bool IsDecoupled => false;
}
