namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents a row of features for ML.NET, which reads properties by their names.</summary>
internal sealed class FeatureVector
{
    /// <summary>Gets or sets the features.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Gets or sets the class.</summary>
    public string Label { get; set; } = string.Empty;
}
