using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Is a checked copy of the options, in which every default is replaced by what it stands for.</summary>
internal sealed record FeaturizerSettings(
    string OutputColumnName,
    string InputColumnName,
    EngineSettings Engine,
    UnreadableImageHandling UnreadableImages,
    Action<UnreadableImage>? OnUnreadableImage)
{
    /// <summary>Gets the count of numbers in a column of pixels.</summary>
    internal int PixelCount => Engine.Network.InputCount;

    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static FeaturizerSettings Create(MobileNetV2FeaturizerOptions options) => new(
        options.OutputColumnName,
        options.InputColumnName ?? options.OutputColumnName,
        EngineSettings.Create(options, options.Output, Violations(options)),
        options.UnreadableImages,
        options.OnUnreadableImage);

    private static IEnumerable<string> Violations(MobileNetV2FeaturizerOptions options)
    {
        string?[] found =
        [
            string.IsNullOrEmpty(options.OutputColumnName) ? "OutputColumnName is empty." : null,
            options.InputColumnName is "" ? "InputColumnName is empty; null stands for the output column's name." : null,
            EngineSettings.Undefined(nameof(options.UnreadableImages), options.UnreadableImages),
        ];
        return found.OfType<string>();
    }
}
