using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

internal sealed class PathExample
{
    public string Image { get; set; } = string.Empty;

    public string Label { get; set; } = string.Empty;

    public float Number { get; set; }
}

internal sealed class EncodedExample
{
    [VectorType]
    public byte[] Image { get; set; } = [];
}

internal sealed class MemoryExample
{
    [AnySizeImage]
    public MLImage? Image { get; set; }

    /// <summary>ML.NET saves no schema that has only image columns.</summary>
    public string Label { get; set; } = string.Empty;
}

internal sealed class PixelExample
{
    [VectorType]
    public float[] Image { get; set; } = [];
}

internal sealed class FeatureRow
{
    public float[] Features { get; set; } = [];
}
