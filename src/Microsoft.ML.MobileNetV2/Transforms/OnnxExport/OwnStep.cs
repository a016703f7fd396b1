using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.Transforms;
using DataType = Microsoft.ML.MobileNetV2.OnnxFormat.TensorProto.Types.DataType;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Writes this library's own steps behind a network as graphs, which ML.NET cannot.</summary>
/// <remarks>The graphs are as ML.NET writes those of its steps: an output for each column, with the suffix that it gives to them.</remarks>
internal static class OwnStep
{
    /// <summary>Returns the graph of a step; null for those of others.</summary>
    /// <param name="step">The step.</param>
    /// <param name="suffix">What follows the name of a column where it is an output.</param>
    internal static GraphProto? TryConvert(ITransformer step, string suffix) => step switch
    {
        FeatureHeadTransformer head => Graph(head, $"{head.OutputColumnName}{suffix}"),
        CustomMappingTransformer<ScoreColumns, SingleScoreMapping.SingleScoreRow> => Graph(suffix, (ScoreColumns.Score, "Identity", DataType.Float)),
        CustomMappingTransformer<ScoreColumns, BinaryScoreMapping.BinaryScoreRow> => Graph(
            suffix,
            (ScoreColumns.Score, "Identity", DataType.Float),
            (ScoreColumns.Probability, "Sigmoid", DataType.Float),
            (ScoreColumns.IsPositive, "Greater", DataType.Bool)),
        CustomMappingTransformer<ScoreColumns, BestClassMapping.BestClassRow> => BestClass($"{ScoreColumns.Class}{suffix}"),
        _ => null,
    };

    private static GraphProto BestClass(string outputName)
    {
        OnnxGraphBuilder graph = new("best class");
        string best = graph.Node("ArgMax", [graph.Input(ScoreColumns.Scores, 1, null)], null, OnnxGraphBuilder.Integer("axis", 1));
        graph.Node("Cast", [best], outputName, OnnxGraphBuilder.Integer("to", (long)DataType.Uint32));
        graph.ValueOutput(outputName, (int)DataType.Uint32);
        return graph.Build([]).Graph;
    }

    private static GraphProto Graph(FeatureHeadTransformer step, string outputName)
    {
        OnnxGraphBuilder graph = new("head");
        string features = graph.Input(step.InputColumnName, 1, step.Head.Layers[0].InputCount);
        graph.Node("Identity", [DenseLayers.Add(graph, step.Head.Layers, features)], outputName);
        graph.Output(outputName, 1, step.Head.Layers[^1].UnitCount);
        return graph.Build([]).Graph;
    }

    private static GraphProto Graph(string suffix, params ReadOnlySpan<(string Column, string Operation, DataType Type)> outputs)
    {
        const string Zero = "zero";
        GraphProto graph = new();
        graph.Input.Add(Value(ScoreColumns.Scores, DataType.Float));
        TensorProto zero = new() { Name = Zero, DataType = (int)DataType.Float };
        zero.FloatData.Add(0);
        graph.Initializer.Add(zero);
        foreach ((string column, string operation, DataType type) in outputs)
        {
            NodeProto node = new() { OpType = operation, Name = column };
            node.Input.Add(ScoreColumns.Scores);
            if (type == DataType.Bool)
            {
                node.Input.Add(Zero);
            }

            node.Output.Add($"{column}{suffix}");
            graph.Node.Add(node);
            graph.Output.Add(Value($"{column}{suffix}", type));
        }

        return graph;
    }

    private static ValueInfoProto Value(string name, DataType type) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() } } };
}
