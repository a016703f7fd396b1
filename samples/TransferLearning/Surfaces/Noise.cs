namespace TransferLearning.Surfaces;

/// <summary>Makes smooth random fields, from which textures and blots are drawn.</summary>
internal readonly struct Noise(int seed)
{
    private readonly uint _seed = unchecked((uint)seed * 0x9E3779B9u + 0x7F4A7C15u);

    /// <summary>Returns noise of several sizes laid over each other, about −1 to 1.</summary>
    internal float Fractal(float x, float y, int octaves)
    {
        float sum = 0;
        float amplitude = 0.5f;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += amplitude * At(x + 17 * octave, y - 31 * octave);
            (x, y, amplitude) = (2 * x, 2 * y, amplitude / 2);
        }

        return sum;
    }

    /// <summary>Returns noise with one bump a unit, −1 to 1.</summary>
    internal float At(float x, float y)
    {
        int column = (int)MathF.Floor(x);
        int row = (int)MathF.Floor(y);
        float u = Smooth(x - column);
        float v = Smooth(y - row);
        float top = float.Lerp(Corner(column, row), Corner(column + 1, row), u);
        float bottom = float.Lerp(Corner(column, row + 1), Corner(column + 1, row + 1), u);
        return float.Lerp(top, bottom, v);
    }

    private static float Smooth(float t) => t * t * (3 - 2 * t);

    private float Corner(int column, int row)
    {
        uint hash = unchecked((uint)column * 0x85EBCA6Bu ^ (uint)row * 0xC2B2AE35u ^ _seed);
        hash = unchecked((hash ^ hash >> 15) * 0x2C1B3C6Du);
        hash = unchecked((hash ^ hash >> 12) * 0x297A2D39u);
        return (hash ^ hash >> 15) / (float)uint.MaxValue * 2 - 1;
    }
}
