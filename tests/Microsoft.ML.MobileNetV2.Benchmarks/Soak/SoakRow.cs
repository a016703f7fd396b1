namespace Microsoft.ML.MobileNetV2.Benchmarks;

internal sealed class SoakRow
{
    public string Image { get; set; } = string.Empty;

    public string Label { get; set; } = string.Empty;

    public float Number { get; set; }
}
