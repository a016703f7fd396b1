using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Evaluation;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Fits the temperature of a model, and divides its logits by it.</summary>
internal sealed class ModelCalibration
{
    private readonly ITransformer[] _parts;
    private readonly int _headIndex;

    /// <exception cref="ArgumentException">The model has no head of this library, or several.</exception>
    internal ModelCalibration(ITransformer model)
    {
        _parts = [.. ModelNetworks.Flatten(model)];
        int[] heads = [.. Enumerable.Range(0, _parts.Length).Where(index => HeadOf(_parts[index]) is not null)];
        _headIndex = heads.Length == 1 ? heads[0] : throw new ArgumentException(
            $"The model has {heads.Length} heads of this library; expected one: a model of Trainers.MobileNetV2, alone or in a pipeline, " +
            "or one that mlContext.Model.LoadWithMobileNetV2 loaded.",
            nameof(model));
    }

    /// <summary>Returns a model whose logits are divided by a temperature; it can be disposed without the given one.</summary>
    internal static ITransformer Divide(ITransformer model, double temperature) => model switch
    {
        ImageNetworkTransformer { Settings.Engine.Network.Head: { } head } network => network.WithHead(Divide(head, temperature)),
        FeatureHeadTransformer features => features.WithHead(Divide(features.Head, temperature)),
        MobileNetV2PredictionTransformer trained => trained.Divide(temperature),
        IEnumerable<ITransformer> chain => new TransformerChain<ITransformer>([.. chain.Select(part => Divide(part, temperature))]),
        _ => StepCopy.Create(model),
    };

    /// <summary>Returns the temperature that minimizes the log-loss of rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type, or labels are of another type than those that the model predicts.</exception>
    /// <exception cref="InvalidOperationException">There is no row, a label is none of the classes, or the scores are no probabilities.</exception>
    internal double Fit(IDataView data, string labelColumnName)
    {
        NetworkHead head = HeadOf(_parts[_headIndex])!;
        bool isSoftmax = RequireProbabilities(head);
        IDataView view = _parts[.._headIndex].Aggregate(data, (rows, part) => part.Transform(rows));
        RequireLabelType(view.Schema, labelColumnName);
        using ImageNetworkTransformer? network = (_parts[_headIndex] as ImageNetworkTransformer)?.WithHead(null);
        string featureColumn = network?.Settings.OutputColumnName ?? ((FeatureHeadTransformer)_parts[_headIndex]).InputColumnName;
        CalibrationRows rows = CalibrationRows.Read(network?.Transform(view) ?? view, featureColumn, labelColumnName, head);
        float[] logits = new float[rows.Count * head.Layers[^1].UnitCount];
        new DenseHead(head.Layers).GetLogits(rows.Features, logits);
        return isSoftmax ? TemperatureScaling.FitSoftmax(logits, rows.Classes) : TemperatureScaling.FitSigmoid(logits, rows.Targets);
    }

    /// <summary>Requires labels of the type that the model predicts, where it says which.</summary>
    /// <param name="schema">The columns before the head.</param>
    /// <param name="labelColumnName">The name of the label column.</param>
    private void RequireLabelType(DataViewSchema schema, string labelColumnName)
    {
        DataViewSchema.Column label = LabelColumn.Find(schema, labelColumnName);
        if (FindPredictedLabel(schema) is { } predicted && TypeOf(label) != TypeOf(predicted))
        {
            throw new ArgumentOutOfRangeException(
                nameof(labelColumnName),
                $"Schema mismatch for label column '{label.Name}': expected {LabelColumn.Describe(predicted)} or its values, got {LabelColumn.Describe(label)}");
        }
    }

    /// <summary>Returns the first column of keys that comes behind the head; null where there is none.</summary>
    private DataViewSchema.Column? FindPredictedLabel(DataViewSchema schema)
    {
        DataViewSchema input = schema;
        foreach (ITransformer part in _parts[_headIndex..])
        {
            DataViewSchema output = part.GetOutputSchema(input);
            DataViewSchema.Column[] keys = [.. output.Skip(input.Count).Where(column => column.Type is KeyDataViewType)];
            if (keys.Length > 0)
            {
                return keys[0];
            }

            input = output;
        }

        return null;
    }

    /// <summary>Returns the type of labels; keys without values are numbers.</summary>
    private static LabelType? TypeOf(DataViewSchema.Column column) =>
        LabelColumn.TypeOf(column) ?? (column.Type is KeyDataViewType ? LabelColumn.Numbers : null);

    private static NetworkHead Divide(NetworkHead head, double temperature) => head with { Layers = HeadTemperature.Divide(head.Layers, temperature) };

    private static NetworkHead? HeadOf(ITransformer part) => part switch
    {
        ImageNetworkTransformer network => network.Settings.Engine.Network.Head,
        FeatureHeadTransformer features => features.Head,
        _ => null,
    };

    /// <summary>Returns whether the scores are probabilities that add up to 1, rather than each on its own.</summary>
    private static bool RequireProbabilities(NetworkHead head)
    {
        // The sigmoid of a binary model comes after its network.
        HeadActivation activation = head.Layers[^1].Activation;
        bool isSigmoid = activation == HeadActivation.Sigmoid || CalibrationRows.IsBinary(head);
        return activation == HeadActivation.Softmax || isSigmoid
            ? !isSigmoid
            : throw new InvalidOperationException(
                $"The model ends in {HeadCompatibility.NameOf(activation)}, so its scores are no probabilities; expected softmax or sigmoid.");
    }
}
