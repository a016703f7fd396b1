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
    internal static void MaskAndSum<TSimd, TVector>(in MaskCall call)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint stride = call.Activations.Stride;
        nint outputStride = call.OutputStride;
        bool isStreamed = call.IsStreamed;
        for (int channel = 0; channel < call.Activations.Channels; channel += TSimd.Count)
        {
            TVector sum = TSimd.Load(call.Sums + channel), product = TSimd.Load(call.ProductSums + channel);
            float* a = call.Activations.Pointer + channel;
            float* g = call.Gradient + channel;
            float* v = call.Values + channel;
            float* o = call.Output + channel;
            for (int pixel = 0; pixel < call.Activations.Count; pixel++, a += stride, g += stride, v += outputStride, o += outputStride)
            {
                TVector masked = TSimd.Relu6Gradient(TSimd.Load(a), TSimd.Load(g));
                sum = TSimd.Add(sum, masked);
                product = TSimd.MultiplyAdd(masked, TSimd.Load(v), product);
                Store<TSimd, TVector>(masked, o, isStreamed);
            }

            TSimd.Store(sum, call.Sums + channel);
            TSimd.Store(product, call.ProductSums + channel);
        }
    }

    /// <summary>Stores a register, past the caches where the whole map would not stay in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<TSimd, TVector>(TVector value, float* destination, bool isStreamed)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (isStreamed)
        {
            TSimd.StoreStreaming(value, destination);
        }
        else
        {
            TSimd.Store(value, destination);
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

    /// <summary>Adds the sums over rows in double precision, of rows that are few enough for single precision together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddProducts<TSimd, TVector>(PixelRun left, float* right, double* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        const int RowsInSinglePrecision = 16;
        float* part = stackalloc float[TSimd.Count];
        for (int channel = 0; channel < left.Channels; channel += TSimd.Count)
        {
            float* l = left.Pointer + channel;
            float* r = right + channel;
            for (int row = 0; row < left.Count;)
            {
                int end = Math.Min(left.Count, row + RowsInSinglePrecision);
                TVector sum = default;
                for (; row < end; row++, l += left.Stride, r += left.Stride)
                {
                    sum = TSimd.MultiplyAdd(TSimd.Load(l), TSimd.Load(r), sum);
                }

                TSimd.Store(sum, part);
                for (int i = 0; i < TSimd.Count; i++)
                {
                    sums[channel + i] += part[i];
                }
            }
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
