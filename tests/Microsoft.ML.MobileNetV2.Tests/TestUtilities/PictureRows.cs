using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

internal sealed class PathPicture
{
    public string Image { get; set; } = string.Empty;

    public string Label { get; set; } = string.Empty;

    public float Number { get; set; }
}

internal sealed class EncodedPicture
{
    [VectorType]
    public byte[] Image { get; set; } = [];
}

internal sealed class MemoryPicture
{
    [AnySizeImage]
    public MLImage? Image { get; set; }

    /// <summary>ML.NET saves no schema that has only image columns.</summary>
    public string Label { get; set; } = string.Empty;
}

internal sealed class PixelPicture
{
    [VectorType]
    public float[] Image { get; set; } = [];
}

internal sealed class FeatureRow
{
    public float[] Features { get; set; } = [];
}
