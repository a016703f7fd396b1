namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the error that occurs when content is not an image, is damaged, or is larger than allowed.</summary>
public sealed class ImageDecodingException : FormatException
{
    /// <summary>Initializes an exception without details.</summary>
    public ImageDecodingException()
        : this("The image cannot be decoded.")
    {
    }

    /// <summary>Initializes an exception with a message.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    public ImageDecodingException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ImageDecodingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the largest number of pixels that is allowed, where the image has more.</summary>
    /// <value>Null where something else is wrong.</value>
    public long? MaxPixelCount { get; internal init; }

    internal static ImageDecodingException About(string source, string message) => new($"'{source}': {message}");
}
