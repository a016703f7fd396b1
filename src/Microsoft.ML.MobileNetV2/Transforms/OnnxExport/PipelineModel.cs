using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxConversion;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Creates one ONNX model of a pipeline: this library's graph from the image to the network's column, then what ML.NET makes of its own steps.</summary>
internal sealed class PipelineModel
{
    private readonly IReadOnlyList<PipelineStep> _steps;
    private readonly ImageNetworkTransformer _network;
    private readonly DataViewSchema _schema;
    private readonly PipelineColumns _columns;
    private readonly int _scoreCount;

    /// <exception cref="ArgumentException">The model is no pipeline with one network of this library and scores.</exception>
    internal PipelineModel(ITransformer model, DataViewSchema inputSchema, PipelineColumns columns)
    {
        _columns = columns;
        _steps = PipelineStep.List(model, inputSchema);
        ImageNetworkTransformer[] networks = [.. _steps.Select(step => step.Network).OfType<ImageNetworkTransformer>()];
        _network = networks.Length == 1
            ? networks[0]
            : throw new ArgumentException(
                $"The model has {networks.Length} networks of this library; expected one. A model that mlContext.Model.Load loaded has none: use LoadWithMobileNetV2. " +
                "To one that takes features append the featurizer: featurizer.Append(model).",
                nameof(model));
        _schema = _steps[^1].OutputSchema;
        _scoreCount = CountOfScores(_schema.GetColumnOrNull(columns.Score)?.Type);
        if (_scoreCount == 0)
        {
            throw new ArgumentException(
                $"The model has no column '{columns.Score}' of Single, so there is nothing to write. Its columns are {DescribeColumns()}; name one of them with scoreColumnName.",
                nameof(model));
        }
    }

    /// <exception cref="NotSupportedException">A step that the scores depend on cannot be converted.</exception>
    /// <exception cref="ArgumentException">A weight is too large for the data type.</exception>
    internal ModelProto Create(TensorDataType dataType)
    {
        List<string> columns = [_columns.Score];
        RequireImagesAsGiven();
        PipelineSlices slices = PipelineSlices.Create(_steps, columns);
        if (!slices.HasNetwork)
        {
            throw new NotSupportedException($"The column '{_columns.Score}' does not depend on the images.");
        }

        foreach (string column in new[] { _columns.Probability, _columns.PredictedLabel }.Where(column => _schema.GetColumnOrNull(column) is not null))
        {
            if (PipelineSlices.TryCreate(_steps, columns.Append(column)) is { } wider)
            {
                slices = wider;
                columns.Add(column);
            }
        }

        return Create(slices, columns, dataType);
    }

    private ModelProto Create(PipelineSlices slices, List<string> columns, TensorDataType dataType)
    {
        EngineSettings engine = _network.Settings.Engine;
        OnnxGraphBuilder graph = new(engine.Network.Weights.Description.Name, weightsType: dataType);
        GraphJoin join = new(graph);
        foreach (ValueInfoProto column in slices.RowColumns)
        {
            join[column.Name] = graph.RowInput(column.Name, column);
        }

        join.Append(slices.Before);
        join[_network.Settings.OutputColumnName] = ImageModel.AddNetwork(graph, engine.Network, engine.Preprocessing);
        join.Append(slices.After);
        ImageModel.AddScores(graph, join[_columns.Score], _scoreCount);
        AddValues(graph, join, columns);
        string[] classNames = LabelColumn.SlotNames(_schema[_columns.Score]) ?? [];
        ImageModel.AddLabels(graph, classNames);
        graph.RequireDistinctNames();
        return graph.Build(WeightsMetadata.Write(engine.Network.Weights.Description with { Preprocessing = engine.Preprocessing, ClassNames = classNames }));
    }

    /// <exception cref="NotSupportedException">A step makes images of its own for the network.</exception>
    private void RequireImagesAsGiven()
    {
        List<(ImageNetworkTransformer Network, NetworkPlace Place)> networks = [];
        ModelSteps steps = StepsInMemory.Describe(_steps.Select(step => step.Transformer), networks);
        if (steps.FindChangeBefore(networks[0].Place) is { } change)
        {
            throw new NotSupportedException($"The file would not have all steps of the model: {change}. Leave resizing and decoding to the network.");
        }
    }

    private void AddValues(OnnxGraphBuilder graph, GraphJoin join, List<string> columns)
    {
        foreach (string column in columns.Where(column => column != _columns.Score))
        {
            string name = column == _columns.Probability ? ImageModel.ProbabilityName : ImageModel.PredictedLabelName;
            graph.Node("Identity", [join[column]], name);
            graph.ValueOutput(name, join.TypeOf(column));
        }
    }

    private string DescribeColumns() => string.Join(", ", _schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'"));

    private static int CountOfScores(DataViewType? type) => type switch
    {
        VectorDataViewType vector => vector.ItemType == NumberDataViewType.Single ? vector.Size : 0,
        _ => type == NumberDataViewType.Single ? 1 : 0,
    };
}
