namespace Microsoft.ML.MobileNetV2.Benchmarks;

internal sealed class FeatureRow
{
    public float[] Features { get; set; } = [];

    public uint Label { get; set; }
}
