using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents the settings for images that travel in a saved model as JSON.</summary>
/// <param name="Preprocessing">The preprocessing from an image to the network's input.</param>
/// <param name="Decoding">The limits for decoding.</param>
/// <param name="UnreadableImages">The handling of images that cannot be read.</param>
internal sealed record SavedSettings(ImagePreprocessing Preprocessing, ImageDecodingOptions Decoding, UnreadableImageHandling UnreadableImages)
{
    internal string ToJson() => JsonSerializer.Serialize(this, ModelJsonContext.Default.SavedSettings);

    /// <exception cref="InvalidOperationException">The text is not of this version of the library.</exception>
    internal static SavedSettings FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelJsonContext.Default.SavedSettings) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            throw new InvalidOperationException(
                "The saved model's preprocessing cannot be read; it was saved by a newer version of Microsoft.ML.MobileNetV2, or is damaged.", e);
        }
    }
}
