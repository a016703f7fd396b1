namespace Microsoft.ML.MobileNetV2;

/// <summary>Says what decoding an image may cost and how exact it is.</summary>
public sealed record ImageDecodingOptions
{
    private const long DefaultMaxPixelCount = 178_956_970;

    /// <summary>Gets the options that are used where none are given.</summary>
    public static ImageDecodingOptions Default { get; } = new();

    /// <summary>Gets how many pixels an image may have; a larger one is refused by its header, before memory is taken for its pixels.</summary>
    /// <value>At least 1. The default is 178,956,970, at which Pillow refuses images too.</value>
    public long MaxPixelCount
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The largest number of pixels must be above 0.");
    } = DefaultMaxPixelCount;

    /// <summary>
    /// Gets a value indicating whether a JPEG that is much larger than the network's input is decoded at a fraction of its size, which is
    /// faster and changes the pixels by less than a level on average.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UseScaledDecoding { get; init; } = true;
}
