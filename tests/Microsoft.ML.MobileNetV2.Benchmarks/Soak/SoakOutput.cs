namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents what a prediction engine gives for a row, whichever kind of model it runs.</summary>
internal sealed class SoakOutput
{
    public float[] Values { get; set; } = [];
}
