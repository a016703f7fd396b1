using System.Numerics;
using SkiaSharp;

namespace TransferLearning.Surfaces;

/// <summary>Is a piece of a surface: how high it is at each pixel, and how much of each color it throws back.</summary>
internal sealed class Surface
{
    internal Surface(int size)
    {
        Size = size;
        Heights = new float[size * size];
        Paint = new Vector3[size * size];
    }

    /// <summary>Gets height and width in pixels.</summary>
    internal int Size { get; }

    /// <summary>Gets the heights in pixels, row by row.</summary>
    internal float[] Heights { get; }

    /// <summary>Gets the colors, row by row, each part 0 to 1.</summary>
    internal Vector3[] Paint { get; }

    /// <summary>Draws with Skia and hands over, for each pixel that was touched, how much of it is covered (0 to 1).</summary>
    internal void Draw(Action<SKCanvas, SKPaint> draw, Action<int, float> apply)
    {
        using SKBitmap mask = new(Size, Size, SKColorType.Gray8, SKAlphaType.Opaque);
        using (SKCanvas canvas = new(mask))
        using (SKPaint brush = new())
        {
            brush.IsAntialias = true;
            brush.Color = SKColors.White;
            brush.Style = SKPaintStyle.Stroke;
            brush.StrokeCap = SKStrokeCap.Round;
            brush.StrokeJoin = SKStrokeJoin.Round;
            canvas.Clear(SKColors.Black);
            draw(canvas, brush);
        }

        ReadOnlySpan<byte> pixels = mask.GetPixelSpan();
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                byte coverage = pixels[y * mask.RowBytes + x];
                if (coverage > 0)
                {
                    apply(y * Size + x, coverage / 255f);
                }
            }
        }
    }

    /// <summary>Returns the direction in which the surface looks at a pixel.</summary>
    internal Vector3 NormalAt(int x, int y)
    {
        float left = Heights[y * Size + Math.Max(0, x - 1)];
        float right = Heights[y * Size + Math.Min(Size - 1, x + 1)];
        float above = Heights[Math.Max(0, y - 1) * Size + x];
        float below = Heights[Math.Min(Size - 1, y + 1) * Size + x];
        return Vector3.Normalize(new((left - right) / 2, (above - below) / 2, 1));
    }

    /// <summary>Hands over each pixel with its place.</summary>
    internal void ForEach(Action<int, float, float> apply)
    {
        for (int index = 0; index < Size * Size; index++)
        {
            apply(index, index % Size, index / Size);
        }
    }
}
