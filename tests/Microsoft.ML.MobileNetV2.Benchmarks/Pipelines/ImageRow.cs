namespace Microsoft.ML.MobileNetV2.Benchmarks;

internal sealed class ImageRow
{
    public string Image { get; set; } = string.Empty;
}
