using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Provides the rows of an image that is decoded in memory.</summary>
internal sealed unsafe class MemoryRows : PixelRows
{
    private readonly byte* _pixels;
    private readonly ImageLayout _layout;
    private readonly int _first;
    private readonly int _count;
    private byte* _owned;

    /// <param name="pixels">All pixels; must stay where they are while rows are read.</param>
    /// <param name="plan">What is needed of them.</param>
    internal MemoryRows(byte* pixels, ResizePlan plan)
    {
        _pixels = pixels;
        _layout = plan.Layout;
        _first = plan.Horizontal.First;
        _count = plan.Horizontal.Length;
    }

    private MemoryRows(ResizePlan plan)
        : this((byte*)NativeMemory.Alloc((nuint)plan.Layout.Width * (nuint)plan.Layout.Height * BytesPerPixel), plan) => _owned = _pixels;

    internal nint Address => (nint)_pixels;

    /// <summary>Allocates memory for an image; it is freed with the rows.</summary>
    internal static MemoryRows Allocate(ResizePlan plan, bool hasAlpha) => new(plan) { HasAlpha = hasAlpha };

    public override void Dispose()
    {
        NativeMemory.Free(_owned);
        _owned = null;
        base.Dispose();
    }

    internal override void Read(int y, Span<float> levels) =>
        PixelRow.Widen(new(_pixels + ((((nint)y * _layout.Width) + _first) * BytesPerPixel), _count * BytesPerPixel), levels);
}
