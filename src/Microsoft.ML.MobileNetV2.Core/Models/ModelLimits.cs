using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents what a saved model may demand of the program that loads it. The file can only lower the limits.</summary>
/// <param name="MaxModelSize">The largest size in bytes of the file, and of all that it holds unpacked.</param>
/// <param name="MaxInputSize">The largest height and width of the network's input in pixels.</param>
/// <param name="MaxPixelCount">The largest number of pixels of an image.</param>
internal sealed record ModelLimits(long MaxModelSize, int MaxInputSize, long MaxPixelCount)
{
    internal const long DefaultMaxModelSize = 256L << 20;
    internal const int DefaultMaxInputSize = 1024;
    internal const long DefaultMaxPixelCount = 178_956_970;

    /// <summary>Gets the limits for a model that the program itself has in memory.</summary>
    internal static ModelLimits None { get; } = new(int.MaxValue, int.MaxValue, long.MaxValue);

    internal void Validate(OptionsValidator validator)
    {
        validator.Require(MaxModelSize is > 0 and <= int.MaxValue, nameof(MaxModelSize), MaxModelSize, $"expected 1 to {int.MaxValue}");
        validator.Require(MaxInputSize > 0, nameof(MaxInputSize), MaxInputSize, "expected at least 1");
        validator.Require(MaxPixelCount > 0, nameof(MaxPixelCount), MaxPixelCount, "expected at least 1");
    }

    /// <summary>Returns the settings of a file with limits that are no higher than these.</summary>
    /// <exception cref="InvalidDataException">The network's input is larger than allowed.</exception>
    internal SavedSettings Apply(SavedSettings settings)
    {
        int size = settings.Preprocessing.InputSize;
        if (size > MaxInputSize)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"the network's input has {size} × {size} pixels; at most {MaxInputSize} × {MaxInputSize} are allowed. If the model can be trusted, raise {nameof(MaxInputSize)} of the options."));
        }

        return settings.Decoding.MaxPixelCount <= MaxPixelCount
            ? settings
            : settings with { Decoding = settings.Decoding with { MaxPixelCount = MaxPixelCount } };
    }
}
