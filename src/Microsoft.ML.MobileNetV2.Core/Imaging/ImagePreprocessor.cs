using System.Buffers;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Converts images, or views of them, to the network's input: decoded, upright, resized, normalized.</summary>
/// <remarks>
/// Safe for use by several threads at once. Without a view the image is plain. A destination has the shape (3, S, S): planes of red, green
/// and blue, S being <see cref="ImagePreprocessing.InputSize"/>.
/// </remarks>
internal sealed unsafe class ImagePreprocessor
{
    private readonly ImageDecodingOptions _options;
    private readonly ViewRenderer _renderer;
    private readonly ResizePlans _plans;

    internal ImagePreprocessor(ImagePreprocessing preprocessing, ImageDecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        Preprocessing = preprocessing;
        _options = options ?? ImageDecodingOptions.Default;
        _renderer = new(preprocessing);
        _plans = new(preprocessing);
    }

    internal ImagePreprocessing Preprocessing { get; }

    /// <summary>Gets a value indicating whether damage inside of JPEG data is looked for where it is accepted, which costs about half as much as decoding.</summary>
    internal bool NotesDamage { get; init; }

    /// <summary>Gets the length of a destination.</summary>
    internal int PixelCount => PixelNormalization.ChannelCount * Preprocessing.InputSize * Preprocessing.InputSize;

    /// <summary>Returns whether an exception says that one image is missing, forbidden or no image, so that a reader of many may continue with the next.</summary>
    /// <remarks>A failing disk or network is no property of an image: to continue would leave out images that are good.</remarks>
    internal static bool IsUnreadable(Exception exception) =>
        exception is ImageDecodingException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException;

    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ImageDecodingException">The path is a folder, pipe or device, or the file is no image, damaged, or too large.</exception>
    /// <returns>The damage that was noted; null where there is none.</returns>
    internal string? ProcessFile(string path, ImageView? view, Span<float> destination)
    {
        RequireLength(destination);
        using FileStream stream = ImageFile.Open(path);
        return ProcessStream(stream, path, view, destination);
    }

    /// <param name="stream">Read from its position to its end. Not disposed.</param>
    /// <param name="source">Name of the image, for messages.</param>
    /// <param name="view">The view of it; null for the plain image.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    /// <returns>The damage that was noted; null where there is none.</returns>
    internal string? ProcessStream(Stream stream, string source, ImageView? view, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using EncodedImage image = EncodedImage.Read(stream, source);
        return ProcessEncoded(image.Bytes, source, view, destination);
    }

    /// <param name="encoded">The content of an image file.</param>
    /// <param name="source">Name of the image, for messages.</param>
    /// <param name="view">The view of it; null for the plain image.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    /// <returns>The damage that was noted; null where there is none, or for a view, whose plain image comes first.</returns>
    internal string? ProcessEncoded(ReadOnlySpan<byte> encoded, string source, ImageView? view, Span<float> destination)
    {
        RequireLength(destination);
        fixed (byte* bytes = encoded)
        {
            using ImageDecoder decoder = ImageDecoder.Open(bytes, encoded.Length, source);
            ImageLayout layout = decoder.ReadLayout(_options);
            (AxisPlacement X, AxisPlacement Y) square = _plans.Place(layout, view);
            ResizePlan plan = _plans.PlanFor(decoder.ChooseScale(layout, square, _options), view, square);
            using PixelRows rows = decoder.Decode(plan);
            _renderer.Render(rows, plan, view, destination);
            return NotesDamage && view is null ? decoder.FindDamage() : null;
        }
    }

    /// <summary>Returns width and height of an upright image from its header.</summary>
    /// <param name="encoded">The content of an image file.</param>
    /// <param name="source">Name of the image, for messages.</param>
    internal (int Width, int Height) ReadUprightSize(ReadOnlySpan<byte> encoded, string source)
    {
        fixed (byte* bytes = encoded)
        {
            using ImageDecoder decoder = ImageDecoder.Open(bytes, encoded.Length, source);
            return decoder.ReadLayout(_options).UprightSize;
        }
    }

    /// <param name="image">A decoded image.</param>
    /// <param name="view">The view of it; null for the plain image.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    /// <exception cref="ObjectDisposedException">The image is disposed.</exception>
    internal void ProcessImage(IPixelBuffer image, ImageView? view, Span<float> destination)
    {
        RequireLength(destination);
        ReadOnlySpan<byte> pixels = image.Pixels;
        ImageDecoder.CheckSize(image.Width, image.Height, image.Name, _options);
        AlphaKind alpha = PixelAlpha.Classify(pixels);
        byte[]? premultiplied = null;
        if (alpha == AlphaKind.Straight)
        {
            premultiplied = ArrayPool<byte>.Shared.Rent(pixels.Length);
            PixelAlpha.Premultiply(pixels, premultiplied);
            pixels = premultiplied;
        }

        fixed (byte* bytes = pixels)
        {
            ResizePlan plan = _plans.PlanFor(new(image.Width, image.Height, default), view);
            using MemoryRows rows = new(bytes, plan)
            {
                IsBgra = image.IsBgra,
                HasAlpha = alpha != AlphaKind.None,
            };
            _renderer.Render(rows, plan, view, destination);
        }

        if (premultiplied is not null)
        {
            ArrayPool<byte>.Shared.Return(premultiplied);
        }

        GC.KeepAlive(image);
    }

    /// <param name="planarRgb0To255">Shape (3, S, S), levels from 0 to 255.</param>
    /// <param name="view">The view of it; null for the plain image.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    /// <exception cref="ArgumentException">One of the lengths is not <see cref="PixelCount"/>.</exception>
    internal void ProcessPixels(ReadOnlySpan<float> planarRgb0To255, ImageView? view, Span<float> destination)
    {
        RequireLength(destination);
        if (planarRgb0To255.Length != PixelCount)
        {
            throw LengthError(planarRgb0To255.Length, nameof(planarRgb0To255));
        }

        if (view?.Crop is null)
        {
            _renderer.Render(planarRgb0To255, view, destination);
            return;
        }

        fixed (float* planes = planarRgb0To255)
        {
            ResizePlan plan = _plans.PlanFor(new(Preprocessing.InputSize, Preprocessing.InputSize, default), view);
            using PlanarRows rows = new(planes, plan);
            _renderer.Render(rows, plan, view, destination);
        }
    }

    private void RequireLength(Span<float> destination)
    {
        if (destination.Length != PixelCount)
        {
            throw LengthError(destination.Length, nameof(destination));
        }
    }

    private ArgumentException LengthError(int length, string parameterName) => new(
        FormattableString.Invariant($"The pixels have length {length}; expected {PixelCount}, ") +
        FormattableString.Invariant($"which is (3, {Preprocessing.InputSize}, {Preprocessing.InputSize})."),
        parameterName);
}
