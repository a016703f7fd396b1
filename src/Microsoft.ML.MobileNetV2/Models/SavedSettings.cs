using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Is what a saved featurizer needs to know about images; it travels in the .zip as JSON text.</summary>
/// <param name="Preprocessing">How an image becomes the network's input.</param>
/// <param name="Decoding">The limits for decoding.</param>
/// <param name="UnreadableImages">What happens with images that cannot be read.</param>
internal sealed record SavedSettings(ImagePreprocessing Preprocessing, ImageDecodingOptions Decoding, UnreadableImageHandling UnreadableImages)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    internal static SavedSettings Of(FeaturizerSettings settings) => new(settings.Engine.Preprocessing, settings.Engine.Decoding, settings.UnreadableImages);

    internal string ToJson() => JsonSerializer.Serialize(this, JsonOptions);

    /// <exception cref="InvalidOperationException">The text is not of this version of the library.</exception>
    internal static SavedSettings FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SavedSettings>(json, JsonOptions) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            throw new InvalidOperationException(
                "The saved model's preprocessing cannot be read; it was saved by a newer version of Microsoft.ML.MobileNetV2, or is damaged.", e);
        }
    }
}
