using System.Buffers;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Turns pictures into the network's input: decoded, upright, resized, normalised.</summary>
/// <remarks>
/// Safe for use by several threads at once. A destination has the shape (3, S, S): planes of red, green and blue, S being
/// <see cref="ImagePreprocessing.InputSize"/>.
/// </remarks>
internal sealed unsafe class ImagePreprocessor
{
    private readonly ImageDecodingOptions _options;
    private readonly PictureResampler _resampler;
    private readonly PlainPlacement _placement;

    // Pictures of one data set tend to have the same size; a plan that another thread replaces stays valid for whoever holds it.
    private volatile ResizePlan? _lastPlan;

    internal ImagePreprocessor(ImagePreprocessing preprocessing, ImageDecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        Preprocessing = preprocessing;
        _options = options ?? ImageDecodingOptions.Default;
        _resampler = new(preprocessing);
        _placement = new(preprocessing);
    }

    internal ImagePreprocessing Preprocessing { get; }

    /// <summary>Gets the length of a destination.</summary>
    internal int PixelCount => PixelNormalization.ChannelCount * Preprocessing.InputSize * Preprocessing.InputSize;

    /// <summary>Returns whether an exception says that one picture cannot be read, so that a reader of many may go on with the next.</summary>
    internal static bool IsUnreadable(Exception exception) =>
        exception is ImageDecodingException or IOException or UnauthorizedAccessException;

    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The path is a folder, or the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ImageDecodingException">The file is no picture, damaged, or too large.</exception>
    internal void ProcessFile(string path, Span<float> destination)
    {
        RequireLength(destination);
        using FileStream stream = PictureFile.Open(path);
        ProcessStream(stream, path, destination);
    }

    /// <param name="stream">Read from its position to its end. Not disposed.</param>
    /// <param name="source">Name of the picture, for messages.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    internal void ProcessStream(Stream stream, string source, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using EncodedPicture picture = EncodedPicture.Read(stream, source);
        ProcessEncoded(picture.Bytes, source, destination);
    }

    /// <param name="encoded">The content of a picture file.</param>
    /// <param name="source">Name of the picture, for messages.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    internal void ProcessEncoded(ReadOnlySpan<byte> encoded, string source, Span<float> destination)
    {
        RequireLength(destination);
        fixed (byte* bytes = encoded)
        {
            using PictureDecoder decoder = PictureDecoder.Open(bytes, encoded.Length, source);
            ResizePlan plan = PlanFor(decoder.ChooseLayout(_placement, _options));
            using PixelRows rows = decoder.Decode(plan);
            _resampler.Resample(rows, plan, destination);
        }
    }

    /// <param name="image">An image of ML.NET; not disposed.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    /// <exception cref="ObjectDisposedException">The image is disposed.</exception>
    internal void ProcessImage(MLImage image, Span<float> destination)
    {
        RequireLength(destination);
        ReadOnlySpan<byte> pixels = MLImagePixels.Of(image);
        PictureDecoder.CheckSize(image.Width, image.Height, image.Tag ?? nameof(MLImage), _options);
        MLImagePixels.Alpha alpha = MLImagePixels.Classify(pixels);
        byte[]? premultiplied = null;
        if (alpha == MLImagePixels.Alpha.Straight)
        {
            premultiplied = ArrayPool<byte>.Shared.Rent(pixels.Length);
            MLImagePixels.Premultiply(pixels, premultiplied);
            pixels = premultiplied;
        }

        fixed (byte* bytes = pixels)
        {
            ResizePlan plan = PlanFor(new(image.Width, image.Height, default));
            using MemoryRows rows = new(bytes, plan)
            {
                IsBgra = image.PixelFormat == MLPixelFormat.Bgra32,
                HasAlpha = alpha != MLImagePixels.Alpha.None,
            };
            _resampler.Resample(rows, plan, destination);
        }

        if (premultiplied is not null)
        {
            ArrayPool<byte>.Shared.Return(premultiplied);
        }

        GC.KeepAlive(image);
    }

    /// <param name="planarRgb0To255">Shape (3, S, S), levels from 0 to 255.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    /// <exception cref="ArgumentException">One of the lengths is not <see cref="PixelCount"/>.</exception>
    internal void ProcessPixels(ReadOnlySpan<float> planarRgb0To255, Span<float> destination)
    {
        RequireLength(destination);
        if (planarRgb0To255.Length != PixelCount)
        {
            throw LengthError(planarRgb0To255.Length, nameof(planarRgb0To255));
        }

        _resampler.Normalization.Apply(planarRgb0To255, destination);
    }

    private ResizePlan PlanFor(PictureLayout layout)
    {
        ResizePlan? plan = _lastPlan;
        if (plan is null || plan.Layout != layout)
        {
            plan = ResizePlan.Create(layout, _placement, Preprocessing.Interpolation);
            _lastPlan = plan;
        }

        return plan;
    }

    private void RequireLength(Span<float> destination)
    {
        if (destination.Length != PixelCount)
        {
            throw LengthError(destination.Length, nameof(destination));
        }
    }

    private ArgumentException LengthError(int length, string parameterName) => new(
        FormattableString.Invariant($"The pixels have length {length}; expected {PixelCount}, which is (3, {Preprocessing.InputSize}, {Preprocessing.InputSize})."),
        parameterName);
}
