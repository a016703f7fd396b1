namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Divides the logits of a head by a temperature, which is a change of its last layer alone: whoever runs the head needs to know nothing of it.</summary>
internal static class HeadTemperature
{
    /// <summary>Returns layers whose logits are those of the given layers, divided by a temperature.</summary>
    internal static IReadOnlyList<DenseLayer> Divide(IReadOnlyList<DenseLayer> layers, double temperature)
    {
        DenseLayer last = layers[^1];
        return [.. layers.SkipLast(1), new DenseLayer(
            last.InputCount, last.UnitCount, last.Activation, Divide(last.Weights.Span, temperature), Divide(last.Bias.Span, temperature))];
    }

    private static float[] Divide(ReadOnlySpan<float> values, double temperature)
    {
        float[] quotients = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            quotients[i] = (float)(values[i] / temperature);
        }

        return quotients;
    }
}
