using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Explanation;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents which parts of an image speak for a class, and which against it: the class activation map (arXiv:1512.04150).</summary>
/// <remarks>
/// <para>
/// With a head of one dense layer, also with the classifier of weights, the map is exact: each position has the sum of its features times the class's
/// weights, and the mean over the positions plus the bias is the logit.
/// </para>
/// <para>
/// With hidden layers the weights are the gradient of the logit with respect to the pooled features, as in Grad-CAM (arXiv:1610.02391): the
/// linearization of the head at this image.
/// </para>
/// <para>Immutable; safe to use from several threads. It keeps the encoded image in memory.</para>
/// </remarks>
public sealed class ImageExplanation
{
    private readonly OverlayImage _image;
    private readonly float[] _values;

    internal ImageExplanation(OverlayImage image, float[] values)
    {
        _image = image;
        _values = values;
    }

    /// <summary>Gets the class that is explained.</summary>
    public string Label { get; internal init; } = null!;

    /// <summary>Gets the score of the class.</summary>
    public float Score { get; internal init; }

    /// <summary>Gets the score of the class before the last activation function.</summary>
    public float Logit { get; internal init; }

    /// <summary>Gets the part of the logit that comes from no position: the bias of the class, and with hidden layers the rest of the linearization.</summary>
    public float Bias => Logit - (TensorPrimitives.Sum<float>(_values) / _values.Length);

    /// <summary>Gets the number of rows of the map.</summary>
    public int Height { get; internal init; }

    /// <summary>Gets the number of columns of the map.</summary>
    public int Width { get; internal init; }

    /// <summary>Gets the map row by row, from the top left: what each position adds to the logit, times the number of positions.</summary>
    /// <value>Above 0 where the image speaks for the class, below 0 where it speaks against it. The map covers the square that the network sees.</value>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>Draws the map over the upright image: colored where the image speaks for the class, darker where the network does not see it.</summary>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <returns>A JPEG or PNG file.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public byte[] DrawOverlay(ImageOverlayOptions? options = null)
    {
        options ??= new();
        options.Validate();
        return _image.Draw(_values, Width, Height, options);
    }
}
