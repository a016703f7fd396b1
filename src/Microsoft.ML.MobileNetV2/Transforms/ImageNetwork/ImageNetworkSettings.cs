using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the settings of a column that a network computes from a column of images, with every default resolved.</summary>
internal sealed record ImageNetworkSettings(
    string OutputColumnName,
    string InputColumnName,
    EngineSettings Engine,
    UnreadableImageHandling UnreadableImages,
    Action<UnreadableImage>? OnUnreadableImage)
{
    /// <summary>Gets the format of pixels: the range, and the order where the column's type does not tell it.</summary>
    internal PixelFormat PixelFormat { get; init; }

    /// <summary>Gets the log: the user's own, or that of ML.NET.</summary>
    internal ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Gets the count of numbers in a column of pixels.</summary>
    internal int PixelCount => Engine.Network.InputCount;

    /// <param name="options">The options.</param>
    /// <param name="contextLog">The log where the options have none.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    internal static ImageNetworkSettings Create(MobileNetV2FeaturizerOptions options, ILogger contextLog) => new(
        options.OutputColumnName,
        options.InputColumnName ?? options.OutputColumnName,
        EngineSettings.Create(options, options.Output, Validate(options)).WithLog(options.Logger ?? contextLog),
        options.UnreadableImages,
        options.OnUnreadableImage)
    {
        PixelFormat = new(PixelLayout.Planar, options.PixelRange),
        Logger = options.Logger ?? contextLog,
    };

    private static OptionsValidator Validate(MobileNetV2FeaturizerOptions options)
    {
        OptionsValidator validator = new();
        validator.RequireColumnName(options.OutputColumnName, nameof(options.OutputColumnName));
        if (options.InputColumnName is "")
        {
            validator.Add("InputColumnName is empty; null stands for the output column's name.");
        }
        else if (options.InputColumnName is { } input)
        {
            validator.RequireColumnName(input, nameof(options.InputColumnName));
        }

        validator.RequireDefined(options.UnreadableImages, nameof(options.UnreadableImages));
        validator.RequireDefined(options.PixelRange, nameof(options.PixelRange));
        return validator;
    }
}
