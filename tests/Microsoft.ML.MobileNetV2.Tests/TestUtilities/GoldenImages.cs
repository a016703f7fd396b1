using System.Buffers.Binary;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Reads golden/resize.safetensors: bytes, which the library's own reader refuses since no weights are stored so.</summary>
internal sealed class GoldenImages
{
    private const int LengthFieldSize = 8;
    private readonly byte[] _content;
    private readonly int _dataStart;
    private readonly JsonElement _header;

    internal GoldenImages()
    {
        _content = File.ReadAllBytes(ReferenceData.PathOf("golden", "resize.safetensors"));
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(_content);
        _dataStart = LengthFieldSize + headerLength;
        _header = JsonDocument.Parse(_content.AsMemory(LengthFieldSize, headerLength)).RootElement;
    }

    internal static int Count => 12;

    internal byte[] Encoded(int image) => File.ReadAllBytes(
        ReferenceData.PathOf("images", "imagenet-samples", _header.GetProperty("__metadata__").GetProperty($"image{image}").GetString()!));

    /// <summary>Returns the levels of an image as Pillow resized it.</summary>
    /// <param name="image">Index of the image.</param>
    /// <param name="kind"><c>center_crop</c> or <c>stretch</c>.</param>
    /// <param name="size">96 or 224.</param>
    internal PixelPlanes Expected(int image, string kind, int size)
    {
        ReadOnlySpan<byte> interleaved = Tensor($"image{image}.{kind}.{size}");
        float[] levels = new float[interleaved.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[(i % 3 * size * size) + (i / 3)] = interleaved[i];
        }

        return new(levels, size);
    }

    private ReadOnlySpan<byte> Tensor(string name)
    {
        JsonElement offsets = _header.GetProperty(name).GetProperty("data_offsets");
        return _content.AsSpan((_dataStart + offsets[0].GetInt32())..(_dataStart + offsets[1].GetInt32()));
    }
}
