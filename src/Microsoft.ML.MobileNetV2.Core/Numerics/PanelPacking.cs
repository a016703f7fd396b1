using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Copies strips of a matrix into panels that the kernel reads from front to back.</summary>
internal static unsafe class PanelPacking
{
    /// <summary>Copies a strip: for each step of depth, <paramref name="width"/> numbers across, zeros beyond <paramref name="used"/>.</summary>
    /// <param name="source">The strip's first number.</param>
    /// <param name="acrossStride">From one number across to the next.</param>
    /// <param name="depthStride">From one step of depth to the next.</param>
    /// <param name="used">Numbers across that the matrix has, at most <paramref name="width"/>.</param>
    /// <param name="width">Numbers across that the panel has.</param>
    /// <param name="depth">Steps.</param>
    /// <param name="panel">Takes width × depth numbers.</param>
    internal static void Pack(float* source, nint acrossStride, nint depthStride, int used, int width, int depth, float* panel)
    {
        if (used < width)
        {
            new Span<float>(panel, width * depth).Clear();
        }

        if (acrossStride == 1)
        {
            CopyRows(source, depthStride, used, width, depth, panel);
        }
        else
        {
            Transpose(source, acrossStride, depthStride, used, width, depth, panel);
        }
    }

    private static void CopyRows(float* source, nint depthStride, int used, int width, int depth, float* panel)
    {
        for (int step = 0; step < depth; step++)
        {
            new ReadOnlySpan<float>(source, used).CopyTo(new Span<float>(panel, used));
            source += depthStride;
            panel += width;
        }
    }

    private static void Transpose(float* source, nint acrossStride, nint depthStride, int used, int width, int depth, float* panel)
    {
        int across = 0;
        for (; across + 4 <= used; across += 4)
        {
            TransposeFour(source + across * acrossStride, acrossStride, depthStride, width, depth, panel + across);
        }

        for (; across < used; across++)
        {
            float* from = source + across * acrossStride;
            float* to = panel + across;
            for (int step = 0; step < depth; step++)
            {
                *to = *from;
                from += depthStride;
                to += width;
            }
        }
    }

    private static void TransposeFour(float* source, nint acrossStride, nint depthStride, int width, int depth, float* to)
    {
        float* first = source;
        float* second = first + acrossStride;
        float* third = second + acrossStride;
        float* fourth = third + acrossStride;
        int step = 0;
        for (; depthStride == 1 && step + 4 <= depth; step += 4)
        {
            TransposeBlock(
                Vector128.Load(first + step), Vector128.Load(second + step), Vector128.Load(third + step), Vector128.Load(fourth + step), to, width);
            to += 4 * width;
        }

        for (; step < depth; step++)
        {
            nint offset = step * depthStride;
            to[0] = first[offset];
            to[1] = second[offset];
            to[2] = third[offset];
            to[3] = fourth[offset];
            to += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(
        Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth, float* to, int width)
    {
        Vector128<double> topLeft = InterleaveLow(first, second).AsDouble();
        Vector128<double> topRight = InterleaveHigh(first, second).AsDouble();
        Vector128<double> bottomLeft = InterleaveLow(third, fourth).AsDouble();
        Vector128<double> bottomRight = InterleaveHigh(third, fourth).AsDouble();
        InterleaveLow(topLeft, bottomLeft).AsSingle().Store(to);
        InterleaveHigh(topLeft, bottomLeft).AsSingle().Store(to + width);
        InterleaveLow(topRight, bottomRight).AsSingle().Store(to + 2 * width);
        InterleaveHigh(topRight, bottomRight).AsSingle().Store(to + 3 * width);
    }

    // The portable API has no shuffle of two registers, so each instruction set is named here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[2], right[2], left[3], right[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> InterleaveLow(Vector128<double> left, Vector128<double> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> InterleaveHigh(Vector128<double> left, Vector128<double> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[1], right[1]);
}
