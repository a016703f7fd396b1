using System.Numerics;
using SkiaSharp;

namespace TransferLearning.Surfaces;

/// <summary>Takes images of surfaces: light from some side, brighter here than there, with exposure and sensor noise.</summary>
internal sealed class Camera
{
    private readonly Random _random;
    private readonly Vector3 _light;
    private readonly Vector3 _halfway;
    private readonly Vector3 _lampColor;
    private readonly Vector2 _falloff;
    private readonly float _gloss;
    private readonly float _exposure;

    /// <summary>Sets up a camera and a lamp; the random numbers decide where and how.</summary>
    internal Camera(Random random)
    {
        _random = random;
        (float sin, float cos) = MathF.SinCos(random.NextSingle() * MathF.Tau);
        (float high, float low) = MathF.SinCos(random.Between(0.6f, 1.1f));
        _light = new(cos * low, sin * low, high);
        _halfway = Vector3.Normalize(_light + Vector3.UnitZ);
        _lampColor = new(random.Between(0.9f, 1.1f), 1, random.Between(0.85f, 1.1f));
        _falloff = new Vector2(cos, sin) * random.Between(0.1f, 0.6f);
        _gloss = random.Between(0.02f, 0.25f);
        _exposure = random.Between(0.75f, 1.15f);
    }

    /// <summary>Writes an image of a surface as JPEG.</summary>
    internal void TakeImage(Surface surface, string path)
    {
        using SKBitmap bitmap = new(surface.Size, surface.Size, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var pixels = new SKColor[surface.Paint.Length];
        surface.ForEach((index, x, y) => pixels[index] = Expose(Reflect(surface, (int)x, (int)y)));
        bitmap.Pixels = pixels;
        using FileStream file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Jpeg, quality: _random.Next(82, 95));
    }

    /// <summary>Returns the light that comes back from a point: scattered and mirrored (Blinn and Phong's model).</summary>
    private Vector3 Reflect(Surface surface, int x, int y)
    {
        const float Ambient = 0.35f;
        const float Shininess = 24;
        Vector3 normal = surface.NormalAt(x, y);
        float scattered = Math.Max(0, Vector3.Dot(normal, _light)) / _light.Z;
        float mirrored = _gloss * MathF.Pow(Math.Max(0, Vector3.Dot(normal, _halfway)), Shininess);
        Vector2 fromCenter = new Vector2(x, y) / surface.Size - new Vector2(0.5f);
        float brightness = 1 + Vector2.Dot(fromCenter, _falloff) - 0.25f * fromCenter.LengthSquared();
        Vector3 paint = surface.Paint[y * surface.Size + x];
        return _lampColor * brightness * (paint * (Ambient + (1 - Ambient) * scattered) + new Vector3(mirrored));
    }

    private SKColor Expose(Vector3 light)
    {
        const float Noise = 0.012f;
        Vector3 noise = new(Noise * _random.Between(-1, 1));
        Vector3 levels = Vector3.Clamp(_exposure * light + noise, Vector3.Zero, Vector3.One) * byte.MaxValue;
        return new((byte)levels.X, (byte)levels.Y, (byte)levels.Z);
    }
}
