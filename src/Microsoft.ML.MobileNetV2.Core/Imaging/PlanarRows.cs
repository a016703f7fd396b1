namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Provides the rows of an image whose colors are stored as planes of levels: red, green, blue.</summary>
/// <param name="planes">All levels, shape (3, H, W); must stay where they are while rows are read.</param>
/// <param name="plan">What is needed of them.</param>
internal sealed unsafe class PlanarRows(float* planes, ResizePlan plan) : PixelRows
{
    private readonly float* _planes = planes;
    private readonly ImageLayout _layout = plan.Layout;
    private readonly int _first = plan.Horizontal.First;

    internal override void Read(int y, Span<float> levels)
    {
        nint planeLength = (nint)_layout.Width * _layout.Height;
        float* row = _planes + ((nint)y * _layout.Width) + _first;
        for (int i = 0; i < levels.Length; i += BytesPerPixel, row++)
        {
            levels[i] = *row;
            levels[i + 1] = row[planeLength];
            levels[i + 2] = row[2 * planeLength];
            levels[i + 3] = PixelNormalization.MaxLevel;
        }
    }
}
