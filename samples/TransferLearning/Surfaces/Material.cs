using System.Numerics;

namespace TransferLearning.Surfaces;

/// <summary>Makes clean surfaces: metal, plaster, plastic and concrete of any color and grain.</summary>
internal static class Material
{
    private const int KindCount = 4;

    /// <summary>Returns a surface without defects; the random numbers decide on size, material, color and grain.</summary>
    internal static Surface Create(Random random)
    {
        Surface surface = new(size: random.Next(164, 201));
        Grain grain = new(new Noise(random.Next()), random.NextSingle() * MathF.Tau, Strength: random.Between(0.5f, 1.2f));
        Action<Surface, Grain> texture = random.Next(KindCount) switch
        {
            0 => BrushedMetal,
            1 => Plaster,
            2 => Plastic,
            _ => Concrete,
        };
        Array.Fill(surface.Paint, RandomPaint(random));
        texture(surface, grain);
        AddDust(surface, random);
        return surface;
    }

    private static Vector3 RandomPaint(Random random)
    {
        Vector3 tint = new(random.NextSingle(), random.NextSingle(), random.NextSingle());
        float gray = (tint.X + tint.Y + tint.Z) / 3;
        float saturation = random.Between(0.1f, 0.7f);
        return Vector3.Lerp(new(gray), tint, saturation) * 0.5f + new Vector3(random.Between(0.15f, 0.45f));
    }

    private static void BrushedMetal(Surface surface, Grain grain) => surface.ForEach((index, x, y) =>
    {
        (float along, float across) = grain.Turn(x, y);
        float stroke = grain.Noise.Fractal(along * 0.012f, across * 0.45f, 3);
        surface.Heights[index] += 0.35f * grain.Strength * stroke;
        surface.Paint[index] *= 1 + 0.12f * grain.Strength * stroke;
    });

    private static void Plaster(Surface surface, Grain grain) => surface.ForEach((index, x, y) =>
        surface.Heights[index] += 1.6f * grain.Strength * grain.Noise.Fractal(x * 0.09f, y * 0.09f, 4));

    private static void Plastic(Surface surface, Grain grain) => surface.ForEach((index, x, y) =>
        surface.Heights[index] += 0.4f * grain.Strength * grain.Noise.Fractal(x * 0.2f, y * 0.2f, 2));

    private static void Concrete(Surface surface, Grain grain) => surface.ForEach((index, x, y) =>
    {
        surface.Heights[index] += 0.5f * grain.Strength * grain.Noise.Fractal(x * 0.35f, y * 0.35f, 2);
        surface.Paint[index] *= 1 + 0.18f * grain.Strength * grain.Noise.Fractal(x * 0.04f, y * 0.04f, 5);
    });

    /// <summary>Adds specks that are on every surface, so that a dark point alone is no defect.</summary>
    private static void AddDust(Surface surface, Random random)
    {
        int count = random.Next(0, 9);
        surface.Draw(
            (canvas, brush) =>
            {
                for (int i = 0; i < count; i++)
                {
                    brush.StrokeWidth = random.Between(0.8f, 2.2f);
                    canvas.DrawPoint(random.Next(surface.Size), random.Next(surface.Size), brush);
                }
            },
            (index, coverage) => surface.Paint[index] *= 1 - 0.35f * coverage);
    }

    private readonly record struct Grain(Noise Noise, float Angle, float Strength)
    {
        internal (float Along, float Across) Turn(float x, float y)
        {
            (float sin, float cos) = MathF.SinCos(Angle);
            return (x * cos + y * sin, y * cos - x * sin);
        }
    }
}
