using System.Text.Json;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents the settings for images that travel in a saved model as JSON.</summary>
/// <param name="Preprocessing">The preprocessing from an image to the network's input.</param>
/// <param name="Decoding">The limits for decoding.</param>
/// <param name="UnreadableImages">The handling of images that cannot be read.</param>
internal sealed record SavedSettings(ImagePreprocessing Preprocessing, ImageDecodingOptions Decoding, UnreadableImageHandling UnreadableImages)
{
    /// <summary>Gets the order of the values in a column of pixels.</summary>
    public PixelLayout PixelLayout { get; init; }

    /// <summary>Gets the range of the values in a column of pixels.</summary>
    public PixelRange PixelRange { get; init; }

    internal string ToJson() => SettingsJson.Write(this);

    /// <exception cref="InvalidDataException">The text is damaged, or not of this version of the library.</exception>
    internal static SavedSettings FromJson(string json)
    {
        try
        {
            return SettingsJson.Read(json);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            // Half of a character that takes two is valid JSON, and an InvalidOperationException as soon as it is read.
            throw new InvalidDataException(
                "The saved model's settings cannot be read; it was saved by a newer version of Microsoft.ML.MobileNetV2, or is damaged. Update the program, or copy the file again.", e);
        }
    }
}
