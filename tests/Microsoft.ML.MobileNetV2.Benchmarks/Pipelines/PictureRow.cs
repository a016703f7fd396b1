namespace Microsoft.ML.MobileNetV2.Benchmarks;

internal sealed class PictureRow
{
    public string Image { get; set; } = string.Empty;
}
