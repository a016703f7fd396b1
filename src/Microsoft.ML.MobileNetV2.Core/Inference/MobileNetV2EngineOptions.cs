namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="MobileNetV2Engine"/>.</summary>
public sealed class MobileNetV2EngineOptions : MobileNetV2NetworkOptions
{
    /// <summary>Gets or sets the output of the network.</summary>
    /// <value>The default is <see cref="MobileNetV2Output.Features"/>.</value>
    public MobileNetV2Output Output { get; set; }
}
