using System.Globalization;
using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Checks that a checkpoint holds exactly the tensors of a network: none missing, none left over, all of the right shape and finite.</summary>
internal static class CheckpointValidation
{
    private const int MostNamesListed = 5;

    /// <summary>No training comes near it, and with it the sums of every layer are still finite: six times a thousand channels, twice in a row.</summary>
    private const float LargestWeight = 1e15f;

    internal static void Validate(Checkpoint checkpoint, MobileNetV2Architecture architecture)
    {
        CheckMissing(checkpoint, architecture);
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (ConvLayer layer in architecture.ConvLayers)
        {
            BatchNormFolding.CheckShapes(layer, checkpoint);
            known.UnionWith(BatchNormFolding.TensorNames(layer, checkpoint));
        }

        CheckClassifier(checkpoint, architecture, known);
        CheckLeftOvers(checkpoint, known);
        CheckNumbers(checkpoint);
    }

    private static void CheckMissing(Checkpoint checkpoint, MobileNetV2Architecture architecture)
    {
        string[] missing = [.. architecture.ConvLayers
            .SelectMany(layer => BatchNormFolding.TensorNames(layer, checkpoint))
            .Where(name => !checkpoint.Tensors.ContainsKey(name))
            .Select(checkpoint.Quote)];
        if (missing.Length > 0)
        {
            throw new WeightsFormatException(
                WeightsFormatError.MissingTensor,
                checkpoint.Source,
                missing.Length == 1 ? $"tensor {missing[0]} is missing." : $"tensors {List(missing)} are missing.");
        }
    }

    private static void CheckClassifier(Checkpoint checkpoint, MobileNetV2Architecture architecture, HashSet<string> known)
    {
        string weightName = $"{MobileNetV2Architecture.ClassifierName}.weight";
        string biasName = $"{MobileNetV2Architecture.ClassifierName}.bias";
        if (!checkpoint.Tensors.TryGetValue(weightName, out WeightTensor? weight))
        {
            return;
        }

        int classCount = weight.Shape is [int rows and > 0, _] ? rows : 1;
        checkpoint.Require(weightName, [classCount, architecture.FeatureCount]);
        checkpoint.Require(biasName, [classCount]);
        known.UnionWith([weightName, biasName]);
    }

    private static void CheckLeftOvers(Checkpoint checkpoint, HashSet<string> known)
    {
        string[] leftOver = [.. checkpoint.Tensors.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).Select(name => $"'{name}'")];
        if (leftOver.Length > 0)
        {
            throw new WeightsFormatException(
                WeightsFormatError.UnexpectedTensor,
                checkpoint.Source,
                $"it has tensors that a MobileNetV2 of this width does not have: {List(leftOver)}.");
        }
    }

    private static string List(string[] names)
    {
        string rest = names.Length > MostNamesListed ? $" and {names.Length - MostNamesListed} more" : string.Empty;
        return string.Join(", ", names.Take(MostNamesListed)) + rest;
    }

    private static void CheckNumbers(Checkpoint checkpoint)
    {
        foreach ((string name, WeightTensor tensor) in checkpoint.Tensors)
        {
            bool isVariance = name.EndsWith(".running_var", StringComparison.Ordinal);
            int index = WeightTensor.IndexOfLarger(tensor.Values, LargestWeight);
            index = index < 0 && isVariance ? Array.FindIndex(tensor.Values, value => value < 0) : index;
            if (index >= 0)
            {
                string value = tensor.Values[index].ToString(CultureInfo.InvariantCulture);
                string expected = float.IsFinite(tensor.Values[index]) && !isVariance
                    ? "a weight is at most 1E+15 in magnitude"
                    : isVariance ? "a variance is finite and at least 0" : "a weight is finite";
                throw new WeightsFormatException(
                    WeightsFormatError.NotFinite,
                    checkpoint.Source,
                    $"tensor {checkpoint.Quote(name)} holds {value} at index {index}; {expected}. The file is damaged.");
            }
        }
    }
}
