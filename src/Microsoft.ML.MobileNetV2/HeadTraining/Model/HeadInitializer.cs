using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Creates the parameters that training starts from.</summary>
internal static class HeadInitializer
{
    /// <summary>Initializes hidden layers at random by their width, and the last one at 0: no class is preferred, and no loss is large.</summary>
    /// <param name="shape">The layers.</param>
    /// <param name="targets">Numbers to start at the mean of; null starts at 0.</param>
    /// <param name="random">Source of the hidden layers' weights.</param>
    internal static float[] Create(HeadShape shape, HeadTargets? targets, Random random)
    {
        float[] parameters = new float[shape.ParameterCount];
        foreach (LayerShape layer in shape.Layers.SkipLast(1))
        {
            double limit = Math.Sqrt(6.0 / (layer.Inputs + layer.Units));
            foreach (ref float weight in layer.WeightsOf(parameters))
            {
                weight = (float)((2 * random.NextDouble() - 1) * limit);
            }
        }

        if (targets?.Kind == TargetKind.Values)
        {
            StartAtTheMean(shape.Layers[^1], targets, parameters);
        }

        return parameters;
    }

    /// <summary>Sets the bias so that a regression begins with the mean of its targets.</summary>
    private static void StartAtTheMean(LayerShape last, HeadTargets targets, float[] parameters)
    {
        var activation = ActivationFunction.Of(last.Activation);
        Span<float> bias = last.BiasOf(parameters);
        for (int output = 0; output < bias.Length; output++)
        {
            double sum = 0;
            for (int row = 0; row < targets.RowCount; row++)
            {
                sum += targets.ValuesOf(row)[output];
            }

            bias[output] = activation.Invert((float)(sum / targets.RowCount));
        }
    }
}
