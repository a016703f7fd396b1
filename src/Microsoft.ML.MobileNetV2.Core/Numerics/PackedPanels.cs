using System.Runtime.Intrinsics;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Represents the packed copies of A and B, whose memory is reused for the next product.</summary>
internal sealed unsafe class PackedPanels
{
    internal const int MaxBWidth = 32;

    /// <summary>Numbers that 64 bytes hold: panels start at a cache line.</summary>
    private const int CacheLine = 16;

    private float[] _memory = [];
    private int _depth;

    /// <summary>Gets the columns of a panel of B: one row of the kernel's tile.</summary>
    internal static int BWidth => ProductKernel.RegistersPerRow
        * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256.IsHardwareAccelerated ? Vector256<float>.Count : Vector128<float>.Count);

    internal int APanelCount { get; private set; }

    internal int BPanelCount { get; private set; }

    internal int PanelCount => APanelCount + BPanelCount;

    private float* FirstPanel
    {
        get
        {
            nint address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _memory[0]);
            return (float*)((address + 63) / 64 * 64);
        }
    }

    internal void Reserve(in ProductPass pass)
    {
        _depth = pass.Depth;
        APanelCount = (pass.Rows + ProductKernel.Rows - 1) / ProductKernel.Rows;
        BPanelCount = (pass.Columns + BWidth - 1) / BWidth;
        int needed = (APanelCount * ProductKernel.Rows + BPanelCount * BWidth) * _depth + 2 * CacheLine;
        if (_memory.Length < needed)
        {
            _memory = GC.AllocateUninitializedArray<float>(needed, pinned: true);
        }
    }

    internal float* A(int panel, int step) => B(BPanelCount, 0) + ((nint)panel * _depth + step) * ProductKernel.Rows;

    internal float* B(int panel, int step) => FirstPanel + ((nint)panel * _depth + step) * BWidth;

    /// <summary>Packs the panels that belong to one of <paramref name="partCount"/> parts.</summary>
    internal void Pack(in ProductPass pass, int part, int partCount)
    {
        int end = (int)((part + 1L) * PanelCount / partCount);
        for (int panel = (int)((long)part * PanelCount / partCount); panel < end; panel++)
        {
            if (panel < BPanelCount)
            {
                int column = panel * BWidth;
                int used = Math.Min(BWidth, pass.Columns - column);
                PanelPacking.Pack(pass.B + column * pass.BColumnStride, pass.BColumnStride, pass.BRowStride, used, BWidth, _depth, B(panel, 0));
            }
            else
            {
                int row = (panel - BPanelCount) * ProductKernel.Rows;
                int used = Math.Min(ProductKernel.Rows, pass.Rows - row);
                PanelPacking.Pack(
                    pass.A + row * pass.ARowStride, pass.ARowStride, pass.AColumnStride, used, ProductKernel.Rows, _depth, A(panel - BPanelCount, 0));
            }
        }
    }
}
