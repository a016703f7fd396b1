using Microsoft.Extensions.AI;

namespace Microsoft.ML.MobileNetV2.Embeddings;

/// <summary>Reads the images of a request.</summary>
internal static class ImageValues
{
    private const string Image = "image";
    private const string AnyBytes = "application/octet-stream";

    /// <summary>Returns the images as an engine takes them, one after another, as far as it reads ahead.</summary>
    /// <exception cref="ArgumentException">A value is null or no image; the message has its index.</exception>
    internal static IEnumerable<ImageSource> Read(IEnumerable<DataContent> values)
    {
        int index = 0;
        foreach (DataContent? value in values)
        {
            yield return Read(value, index++, nameof(values));
        }
    }

    private static ImageSource Read(DataContent? value, int index, string parameterName)
    {
        if (value is null)
        {
            throw new ArgumentException(FormattableString.Invariant($"Value {index} is null; expected an image."), parameterName);
        }

        if (!value.HasTopLevelMediaType(Image) && !string.Equals(value.MediaType, AnyBytes, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Value {index} has the media type '{value.MediaType}'; expected one of 'image/…', or '{AnyBytes}'."),
                parameterName);
        }

        return ImageSource.FromBytes(value.Data);
    }
}
