using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Provides the passes over pixels that treat each channel alone.</summary>
internal static unsafe class ChannelPasses
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Activate<TSimd, TVector>(PixelRun values, float* scale, float* shift, float* output, nint outputStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float* input = values.Pointer;
        for (int pixel = 0; pixel < values.Count; pixel++, input += values.Stride, output += outputStride)
        {
            for (int channel = 0; channel < values.Channels; channel += TSimd.Count)
            {
                TVector value = TSimd.MultiplyAdd(TSimd.Load(input + channel), TSimd.Load(scale + channel), TSimd.Load(shift + channel));
                TSimd.Store(TSimd.Relu6(value), output + channel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Normalize<TSimd, TVector>(PixelRun values, float* scale, float* shift, float* shortcut, float* output)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float* input = values.Pointer;
        for (int pixel = 0; pixel < values.Count; pixel++, input += values.Stride, output += values.Stride)
        {
            for (int channel = 0; channel < values.Channels; channel += TSimd.Count)
            {
                TVector value = TSimd.MultiplyAdd(TSimd.Load(input + channel), TSimd.Load(scale + channel), TSimd.Load(shift + channel));
                TSimd.Store(shortcut is null ? value : TSimd.Add(value, TSimd.Load(shortcut + channel)), output + channel);
            }

            shortcut = shortcut is null ? null : shortcut + values.Stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CombineGradient<TSimd, TVector>(
        float* gradient, PixelRun values, float* a, float* b, float* c, float* output, nint outputStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float* input = values.Pointer;
        for (int pixel = 0; pixel < values.Count; pixel++, input += values.Stride, gradient += values.Stride, output += outputStride)
        {
            for (int channel = 0; channel < values.Channels; channel += TSimd.Count)
            {
                TVector sum = TSimd.MultiplyAdd(TSimd.Load(input + channel), TSimd.Load(b + channel), TSimd.Load(c + channel));
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(gradient + channel), TSimd.Load(a + channel), sum), output + channel);
            }
        }
    }

    /// <summary>Keeps the sums of a register of channels in registers, two of each, so that additions do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddSums<TSimd, TVector>(float* gradient, nint gradientStride, PixelRun values, float* sums, float* productSums)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int channel = 0; channel < values.Channels; channel += TSimd.Count)
        {
            TVector sum = TSimd.Load(sums + channel), product = TSimd.Load(productSums + channel);
            TVector sum2 = default, product2 = default;
            float* g = gradient + channel;
            float* v = values.Pointer + channel;
            int pixel = 0;
            for (; pixel + 1 < values.Count; pixel += 2, g += 2 * gradientStride, v += 2 * values.Stride)
            {
                TVector first = TSimd.Load(g), second = TSimd.Load(g + gradientStride);
                sum = TSimd.Add(sum, first);
                product = TSimd.MultiplyAdd(first, TSimd.Load(v), product);
                sum2 = TSimd.Add(sum2, second);
                product2 = TSimd.MultiplyAdd(second, TSimd.Load(v + values.Stride), product2);
            }

            if (pixel < values.Count)
            {
                sum = TSimd.Add(sum, TSimd.Load(g));
                product = TSimd.MultiplyAdd(TSimd.Load(g), TSimd.Load(v), product);
            }

            TSimd.Store(TSimd.Add(sum, sum2), sums + channel);
            TSimd.Store(TSimd.Add(product, product2), productSums + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MaskAndSum<TSimd, TVector>(
        PixelRun activations, float* gradient, nint gradientStride, float* values, nint valuesStride, float* output, nint outputStride, float* sums, float* productSums)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int channel = 0; channel < activations.Channels; channel += TSimd.Count)
        {
            TVector sum = TSimd.Load(sums + channel), product = TSimd.Load(productSums + channel);
            float* a = activations.Pointer + channel;
            float* g = gradient + channel;
            float* v = values + channel;
            float* o = output + channel;
            for (int pixel = 0; pixel < activations.Count; pixel++, a += activations.Stride, g += gradientStride, v += valuesStride, o += outputStride)
            {
                TVector masked = TSimd.Relu6Gradient(TSimd.Load(a), TSimd.Load(g));
                sum = TSimd.Add(sum, masked);
                product = TSimd.MultiplyAdd(masked, TSimd.Load(v), product);
                TSimd.Store(masked, o);
            }

            TSimd.Store(sum, sums + channel);
            TSimd.Store(product, productSums + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<TSimd, TVector>(float* addends, float* sums, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            TSimd.Store(TSimd.Add(TSimd.Load(sums + i), TSimd.Load(addends + i)), sums + i);
        }

        for (; i < count; i++)
        {
            sums[i] += addends[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddPixels<TSimd, TVector>(PixelRun values, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int channel = 0; channel < values.Channels; channel += TSimd.Count)
        {
            TVector sum = TSimd.Load(sums + channel);
            float* v = values.Pointer + channel;
            for (int pixel = 0; pixel < values.Count; pixel++, v += values.Stride)
            {
                sum = TSimd.Add(sum, TSimd.Load(v));
            }

            TSimd.Store(sum, sums + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MaskMeanGradient<TSimd, TVector>(PixelRun activations, float* gradient, float factor, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector factors = TSimd.Broadcast(&factor);
        for (int channel = 0; channel < activations.Channels; channel += TSimd.Count)
        {
            TVector g = TSimd.Multiply(TSimd.Load(gradient + channel), factors);
            TVector sum = TSimd.Load(sums + channel);
            float* a = activations.Pointer + channel;
            for (int pixel = 0; pixel < activations.Count; pixel++, a += activations.Stride)
            {
                TVector masked = TSimd.Relu6Gradient(TSimd.Load(a), g);
                sum = TSimd.Add(sum, masked);
                TSimd.Store(masked, a);
            }

            TSimd.Store(sum, sums + channel);
        }
    }
}
