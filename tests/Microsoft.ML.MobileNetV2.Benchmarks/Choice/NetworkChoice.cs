using System.Globalization;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents a network at an input size, one row of the table.</summary>
internal sealed record NetworkChoice(string Name, MobileNetV2Weights Weights, int InputSize, long FileLength)
{
    private const double BytesPerMegabyte = 1e6;

    internal string Megabytes => (FileLength / BytesPerMegabyte).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Returns the sets that are part of the library and those of the reference data, at the sizes that are worth considering.</summary>
    internal static NetworkChoice[] All(string referenceFolder) =>
    [
        new("BundledSmall", MobileNetV2Weights.BundledSmall, 128, LengthOf(BundledWeights.SmallResourceName)),
        .. AtSizes("Bundled", MobileNetV2Weights.Bundled, LengthOf(BundledWeights.ResourceName), 160, 192, 224),
        .. FromFile("ImageNet 0.35", Path.Combine(referenceFolder, "weights", "mobilenet_v2_0.35_224_imagenet.safetensors"), 224),
        .. FromFile("ImageNet 1.0", Path.Combine(referenceFolder, "weights", "mobilenet_v2_1.0_224_imagenet.safetensors"), 192, 224),
    ];

    private static IEnumerable<NetworkChoice> FromFile(string name, string path, params int[] sizes) =>
        AtSizes(name, MobileNetV2Weights.FromFile(path), new FileInfo(path).Length, sizes);

    private static IEnumerable<NetworkChoice> AtSizes(string name, MobileNetV2Weights weights, long length, params int[] sizes) =>
        sizes.Select(size => new NetworkChoice(name, weights, size, length));

    private static long LengthOf(string resource)
    {
        using Stream stream = EmbeddedAsset.Open(resource);
        return stream.Length;
    }
}
