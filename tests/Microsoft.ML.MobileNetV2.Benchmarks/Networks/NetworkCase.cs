using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents a network to be measured: width multiplier and input size.</summary>
internal sealed record NetworkCase(float Width, int Size)
{
    /// <summary>Reads cases such as "1.0/224,0.35/96".</summary>
    internal static NetworkCase[] Parse(string text) => [.. text.Split(',').Select(ParseOne)];

    private static NetworkCase ParseOne(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            && float.TryParse(parts[0], CultureInfo.InvariantCulture, out float width)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int size)
            ? new(width, size)
            : throw new ArgumentException($"--network has '{text}'; expected WIDTH/SIZE, for example 1.0/224.");
    }

    /// <summary>Returns the multiply-adds of the network for one image, without a classifier.</summary>
    internal long CountMultiplyAdds() => new MobileNetV2Architecture(Width).GetLayers(Size).Sum(layer => layer.MultiplyAdds);
}
