namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Generates random bits quickly (splitmix64), where one number for each element is needed.</summary>
internal struct FastRandom(ulong seed)
{
    private ulong _state = seed;

    internal ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>Returns a number from 0 to below 1, evenly distributed.</summary>
    internal double NextDouble()
    {
        const int UnusedBits = 11;
        return (Next() >> UnusedBits) * (1.0 / (1L << (64 - UnusedBits)));
    }

    /// <summary>Fills with 0, with the probability <paramref name="rate"/>, or with 1 / (1 − rate), so that the mean is 1.</summary>
    internal void FillDropoutMask(Span<float> mask, float rate)
    {
        const int BitsEach = 16;
        uint threshold = (uint)(rate * (1 << BitsEach));
        float kept = 1 / (1 - rate);
        ulong bits = 0;
        for (int i = 0; i < mask.Length; i++)
        {
            bits = i % (64 / BitsEach) == 0 ? Next() : bits >> BitsEach;
            mask[i] = (uint)(bits & 0xFFFF) < threshold ? 0 : kept;
        }
    }
}
