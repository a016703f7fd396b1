namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds the settings of <see cref="MobileNetV2Engine"/>.</summary>
public sealed class MobileNetV2EngineOptions : MobileNetV2NetworkOptions
{
    /// <summary>Gets or sets what the network gives for an image.</summary>
    /// <value>The default is <see cref="MobileNetV2Output.Features"/>.</value>
    public MobileNetV2Output Output { get; set; }
}
