namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies limits and accuracy for decoding images.</summary>
public sealed record ImageDecodingOptions
{
    private const long DefaultMaxPixelCount = 178_956_970;

    /// <summary>Gets the default options.</summary>
    public static ImageDecodingOptions Default { get; } = new();

    /// <summary>Gets the largest number of pixels of an image. A larger image is rejected by its header, before memory is allocated for its pixels.</summary>
    /// <value>At least 1. The default is 178,956,970, which is also the limit of Pillow.</value>
    public long MaxPixelCount
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The largest number of pixels must be above 0.");
    } = DefaultMaxPixelCount;

    /// <summary>
    /// Gets a value indicating whether a JPEG that is much larger than the network's input is decoded at a fraction of its size, which is
    /// faster and changes the pixels by less than one level on average.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UseScaledDecoding { get; init; } = true;

    /// <summary>Gets how to handle a JPEG whose data are damaged: by a lost sector, or by truncation followed by an end marker.</summary>
    /// <value>The default is <see cref="DamagedDataHandling.Accept"/>.</value>
    public DamagedDataHandling DamagedData
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected one of {string.Join(", ", Enum.GetNames<DamagedDataHandling>())}.");
    }
}
