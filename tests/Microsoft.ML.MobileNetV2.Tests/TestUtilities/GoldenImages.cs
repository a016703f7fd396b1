using System.Buffers.Binary;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Reads images as Pillow resized them: a safetensors file of bytes, which the library's own reader refuses because no weights are stored so.</summary>
internal sealed class GoldenImages
{
    private const int LengthFieldSize = 8;
    private const string Metadata = "__metadata__";
    private readonly byte[] _content;
    private readonly int _dataStart;
    private readonly JsonElement _header;
    private readonly string _imageFolder;

    private GoldenImages(string path, string imageFolder)
    {
        _imageFolder = imageFolder;
        _content = File.ReadAllBytes(path);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(_content);
        _dataStart = LengthFieldSize + headerLength;
        _header = JsonDocument.Parse(_content.AsMemory(LengthFieldSize, headerLength)).RootElement;
    }

    /// <summary>Gets the number of images.</summary>
    internal int Count => _header.GetProperty(Metadata).EnumerateObject().Count(property => property.Name.StartsWith("image", StringComparison.Ordinal));

    /// <summary>Gets the names of the resized images: <c>imageN.KIND.SIZE</c>, where the kind is <c>center_crop</c> or <c>stretch</c>.</summary>
    internal IEnumerable<string> Names => _header.EnumerateObject().Select(property => property.Name).Where(name => name.Count(letter => letter == '.') == 2);

    /// <summary>Returns the small set that is committed with the tests.</summary>
    internal static GoldenImages Committed() => new(TestData.PathOf("Golden", "resize.safetensors"), TestData.PathOf("Golden", "images"));

    /// <summary>Returns the set of photos.</summary>
    internal static GoldenImages Photos() =>
        new(ReferenceData.PathOf("golden", "resize.safetensors"), ReferenceData.PathOf("images", "imagenet-samples"));

    internal byte[] Encoded(int image) =>
        File.ReadAllBytes(Path.Combine(_imageFolder, _header.GetProperty(Metadata).GetProperty($"image{image}").GetString()!));

    /// <summary>Returns the levels of an image as Pillow resized it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="size">The size that the name ends with.</param>
    internal PixelPlanes Expected(string name, int size)
    {
        ReadOnlySpan<byte> interleaved = Tensor(name);
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
