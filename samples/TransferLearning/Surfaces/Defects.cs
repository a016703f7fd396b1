using System.Numerics;
using SkiaSharp;

namespace TransferLearning.Surfaces;

/// <summary>Damages surfaces.</summary>
internal static class Defects
{
    /// <summary>Draws one to three long, smooth, thin furrows, often side by side.</summary>
    internal static void Scratch(Surface surface, Random random)
    {
        bool isLight = surface.Paint[0].Y < 0.6f && random.Next(4) > 0;
        float shine = isLight ? random.Between(0.4f, 0.7f) : random.Between(-0.5f, -0.35f);
        SKPoint direction = Polar(random.NextSingle() * MathF.Tau, surface.Size * random.Between(0.22f, 0.42f));
        int count = random.Next(1, 4);
        for (int i = 0; i < count; i++)
        {
            SKPoint center = RandomPlace(surface, random, margin: 0.32f);
            SKPoint start = center - direction;
            SKPoint end = center + direction + Polar(random.NextSingle() * MathF.Tau, surface.Size * 0.06f);
            SKPoint bend = center + Polar(random.NextSingle() * MathF.Tau, surface.Size * 0.07f);
            float width = random.Between(1.8f, 3.2f);
            surface.Draw(
                (canvas, brush) =>
                {
                    using SKPath path = new();
                    path.MoveTo(start);
                    path.QuadTo(bend, end);
                    brush.StrokeWidth = width;
                    canvas.DrawPath(path, brush);
                },
                (index, coverage) => Carve(surface, index, coverage, depth: 1.5f, shine));
        }
    }

    /// <summary>Draws a jagged dark line that branches.</summary>
    internal static void Crack(Surface surface, Random random)
    {
        float angle = random.NextSingle() * MathF.Tau;
        SKPoint start = RandomPlace(surface, random, margin: 0.4f) - Polar(angle, surface.Size * 0.35f);
        float depth = random.Between(0.55f, 0.8f);
        surface.Draw(
            (canvas, brush) => DrawCrack(canvas, brush, random, start, angle, length: surface.Size * random.Between(0.6f, 0.9f), width: random.Between(2.4f, 3.6f)),
            (index, coverage) => Carve(surface, index, coverage, depth: 1.5f, shine: -depth));
    }

    /// <summary>Presses one or two round hollows into the surface; their paint stays as it was.</summary>
    internal static void Dent(Surface surface, Random random)
    {
        int count = random.Next(1, 3);
        for (int i = 0; i < count; i++)
        {
            SKPoint center = RandomPlace(surface, random, margin: 0.3f);
            float radius = surface.Size * random.Between(0.13f, 0.22f);
            float depth = radius * random.Between(0.5f, 0.8f);
            float squeeze = random.Between(0.75f, 1.25f);
            surface.ForEach((index, x, y) =>
            {
                float distance = Squared((x - center.X) / squeeze, (y - center.Y) * squeeze) / (radius * radius);
                surface.Heights[index] -= depth * (MathF.Exp(-2.5f * distance) - 0.25f * MathF.Exp(-1.2f * distance));
            });
        }
    }

    /// <summary>Spills a liquid: a blot with a soft, uneven border and a rim; the surface stays flat.</summary>
    internal static void Stain(Surface surface, Random random)
    {
        Noise noise = new(random.Next());
        SKPoint center = RandomPlace(surface, random, margin: 0.35f);
        float radius = surface.Size * random.Between(0.14f, 0.27f);
        Vector3 liquid = new(random.Between(0.35f, 0.85f), random.Between(0.3f, 0.7f), random.Between(0.2f, 0.65f));
        float softness = random.Between(0.06f, 0.2f);
        surface.ForEach((index, x, y) =>
        {
            float distance = MathF.Sqrt(Squared(x - center.X, y - center.Y)) / radius;
            float inside = 1 - distance - 0.6f * noise.Fractal(x * 0.035f, y * 0.035f, 4);
            float coverage = Math.Clamp(inside / softness, 0, 1);
            float rim = 0.3f * coverage * MathF.Exp(-Math.Abs(inside - softness) * 9);
            float uneven = 0.85f + 0.3f * noise.Fractal(x * 0.05f, y * 0.05f, 3);
            surface.Paint[index] *= Vector3.Lerp(Vector3.One, liquid * (1 - rim), coverage * uneven);
        });
    }

    private static void DrawCrack(SKCanvas canvas, SKPaint brush, Random random, SKPoint start, float angle, float length, float width)
    {
        float heading = angle;
        for (float walked = 0; walked < length && width > 0.5f;)
        {
            float step = random.Between(4, 11);
            heading = angle + random.Between(-0.9f, 0.9f);
            SKPoint end = start + Polar(heading, step);
            brush.StrokeWidth = width * random.Between(0.6f, 1.2f);
            canvas.DrawLine(start, end, brush);
            if (random.Next(7) == 0)
            {
                float side = random.Next(2) == 0 ? 1 : -1;
                DrawCrack(canvas, brush, random, end, heading + side * random.Between(0.5f, 1.1f), (length - walked) * 0.5f, width * 0.65f);
            }

            start = end;
            walked += step;
        }
    }

    private static void Carve(Surface surface, int index, float coverage, float depth, float shine)
    {
        surface.Heights[index] -= depth * coverage;
        Vector3 paint = surface.Paint[index];
        surface.Paint[index] = shine > 0 ? Vector3.Lerp(paint, Vector3.One, shine * coverage) : paint * (1 + shine * coverage);
    }

    private static SKPoint RandomPlace(Surface surface, Random random, float margin) =>
        new(surface.Size * random.Between(margin, 1 - margin), surface.Size * random.Between(margin, 1 - margin));

    private static SKPoint Polar(float angle, float length) => new(length * MathF.Cos(angle), length * MathF.Sin(angle));

    private static float Squared(float x, float y) => x * x + y * y;
}
