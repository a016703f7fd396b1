namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Computes how a logit changes with the features.</summary>
internal static class HeadGradient
{
    /// <summary>Returns the gradient of one logit with respect to the features: for one dense layer, the weights of that output.</summary>
    /// <param name="head">The head.</param>
    /// <param name="features">The features of one row, where the gradient is taken.</param>
    /// <param name="output">The index of the logit.</param>
    internal static float[] OfLogit(DenseHead head, ReadOnlySpan<float> features, int output)
    {
        IReadOnlyList<DenseLayer> layers = head.Layers;
        (float[] Sums, float[] Outputs)[] hidden = Forward(layers, features);
        DenseLayer last = layers[^1];
        float[] gradient = last.Weights.Span.Slice(output * last.InputCount, last.InputCount).ToArray();
        for (int i = layers.Count - 2; i >= 0; i--)
        {
            ActivationFunction.Of(layers[i].Activation).Backward(hidden[i].Sums, hidden[i].Outputs, gradient, layers[i].UnitCount);
            float[] inputs = new float[layers[i].InputCount];
            DenseMath.BackwardInputs(gradient, layers[i].Weights.Span, inputs, 1, layers[i].UnitCount);
            gradient = inputs;
        }

        return gradient;
    }

    private static (float[] Sums, float[] Outputs)[] Forward(IReadOnlyList<DenseLayer> layers, ReadOnlySpan<float> features)
    {
        var hidden = new (float[] Sums, float[] Outputs)[layers.Count - 1];
        ReadOnlySpan<float> inputs = features;
        for (int i = 0; i < hidden.Length; i++)
        {
            float[] sums = new float[layers[i].UnitCount];
            float[] outputs = new float[sums.Length];
            DenseMath.Forward(inputs, layers[i].Weights.Span, layers[i].Bias.Span, sums, 1);
            ActivationFunction.Of(layers[i].Activation).Apply(sums, outputs, sums.Length);
            hidden[i] = (sums, outputs);
            inputs = outputs;
        }

        return hidden;
    }
}
