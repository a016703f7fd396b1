using System.Numerics;
using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Changes colors that lie in planes of levels: red, green, blue.</summary>
internal static class ColorPlanes
{
    /// <summary>Changes all pixels in place.</summary>
    internal static void Transform<TKernel>(Span<float> planes, TKernel kernel)
        where TKernel : struct, IColorKernel
    {
        int length = planes.Length / PixelNormalization.ChannelCount;
        int whole = length - (length % Vector<float>.Count);
        Span<float> red = planes[..length];
        Span<float> green = planes.Slice(length, length);
        Span<float> blue = planes[(2 * length)..];
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            RgbVectors changed = kernel.Apply(new(new(red[i..]), new(green[i..]), new(blue[i..])));
            changed.Red.CopyTo(red[i..]);
            changed.Green.CopyTo(green[i..]);
            changed.Blue.CopyTo(blue[i..]);
        }

        if (whole < length)
        {
            TransformRest(red[whole..], green[whole..], blue[whole..], kernel);
        }
    }

    internal static float MeanGray(ReadOnlySpan<float> planes)
    {
        int length = planes.Length / PixelNormalization.ChannelCount;
        float sum = (RgbVectors.RedShare * TensorPrimitives.Sum(planes[..length])) +
            (RgbVectors.GreenShare * TensorPrimitives.Sum(planes.Slice(length, length))) +
            (RgbVectors.BlueShare * TensorPrimitives.Sum(planes[(2 * length)..]));
        return sum / length;
    }

    private static void TransformRest<TKernel>(Span<float> red, Span<float> green, Span<float> blue, TKernel kernel)
        where TKernel : struct, IColorKernel
    {
        int count = Vector<float>.Count;
        Span<float> padded = stackalloc float[PixelNormalization.ChannelCount * count];
        padded.Clear();
        red.CopyTo(padded);
        green.CopyTo(padded[count..]);
        blue.CopyTo(padded[(2 * count)..]);
        Transform(padded, kernel);
        padded[..red.Length].CopyTo(red);
        padded.Slice(count, green.Length).CopyTo(green);
        padded.Slice(2 * count, blue.Length).CopyTo(blue);
    }
}
