using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads a convolution with its batch norm as one convolution with a bias.</summary>
internal static class BatchNormFolding
{
    /// <summary>Returns the names of the tensors that <paramref name="layer"/> has in <paramref name="checkpoint"/>.</summary>
    internal static IEnumerable<string> TensorNames(ConvLayer layer, Checkpoint checkpoint) => IsFolded(layer, checkpoint)
        ? [$"{layer.Name}.weight", $"{layer.Name}.bias"]
        :
        [
            $"{layer.Name}.weight",
            $"{layer.BatchNormName}.weight",
            $"{layer.BatchNormName}.bias",
            $"{layer.BatchNormName}.running_mean",
            $"{layer.BatchNormName}.running_var",
        ];

    internal static void CheckShapes(ConvLayer layer, Checkpoint checkpoint)
    {
        foreach (string name in TensorNames(layer, checkpoint))
        {
            checkpoint.Require(name, name == $"{layer.Name}.weight" ? layer.WeightShape : [layer.OutputChannels]);
        }
    }

    /// <summary>Folds: weight × γ / √(σ² + ε), bias β − μ × γ / √(σ² + ε); computed in float64.</summary>
    internal static ConvParameters Fold(ConvLayer layer, Checkpoint checkpoint, float epsilon)
    {
        float[] weight = checkpoint.Require($"{layer.Name}.weight", layer.WeightShape).Values;
        int[] channels = [layer.OutputChannels];
        if (IsFolded(layer, checkpoint))
        {
            return new(weight, checkpoint.Require($"{layer.Name}.bias", channels).Values);
        }

        float[] scale = checkpoint.Require($"{layer.BatchNormName}.weight", channels).Values;
        float[] shift = checkpoint.Require($"{layer.BatchNormName}.bias", channels).Values;
        float[] mean = checkpoint.Require($"{layer.BatchNormName}.running_mean", channels).Values;
        float[] variance = checkpoint.Require($"{layer.BatchNormName}.running_var", channels).Values;
        return Fold(weight, scale, shift, mean, variance, epsilon);
    }

    /// <summary>Returns the decimal epsilon, as PyTorch and TensorFlow hold it in float64.</summary>
    internal static double DecimalEpsilon(float epsilon) => epsilon is > 0 and < 1 ? (double)(decimal)epsilon : epsilon;

    /// <summary>Returns whether the batch norm of a layer is part of its weight and bias.</summary>
    internal static bool IsFolded(ConvLayer layer, Checkpoint checkpoint) =>
        checkpoint.Tensors.ContainsKey($"{layer.Name}.bias") && !checkpoint.Tensors.ContainsKey($"{layer.BatchNormName}.running_var");

    private static ConvParameters Fold(float[] weight, float[] scale, float[] shift, float[] mean, float[] variance, float epsilon)
    {
        double decimalEpsilon = DecimalEpsilon(epsilon);
        float[] foldedWeight = new float[weight.Length];
        float[] bias = new float[scale.Length];
        int kernelLength = weight.Length / scale.Length;
        for (int channel = 0; channel < scale.Length; channel++)
        {
            double factor = scale[channel] / Math.Sqrt(variance[channel] + decimalEpsilon);
            bias[channel] = (float)(shift[channel] - mean[channel] * factor);
            for (int i = channel * kernelLength; i < (channel + 1) * kernelLength; i++)
            {
                foldedWeight[i] = (float)(weight[i] * factor);
            }
        }

        return new(foldedWeight, bias);
    }
}
