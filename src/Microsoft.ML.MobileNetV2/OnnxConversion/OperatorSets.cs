using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using AttributeType = Microsoft.ML.MobileNetV2.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Microsoft.ML.MobileNetV2.OnnxFormat.TensorProto.Types.DataType;

namespace Microsoft.ML.MobileNetV2.OnnxConversion;

/// <summary>Lifts nodes from the operator set that ML.NET writes to that of this library's graphs.</summary>
/// <remarks>From 12 to 13, four operators take as an input what was an attribute, and three count the axis otherwise. All others stay as they are.</remarks>
internal static class OperatorSets
{
    /// <summary>The operator set that ML.NET is asked for.</summary>
    internal const int ConverterVersion = 12;

    private const string MachineLearningDomain = "ai.onnx.ml";

    private static readonly HashSet<string> StandardDomains = new(["", "ai.onnx", MachineLearningDomain], StringComparer.Ordinal);

    /// <summary>Returns what is wrong with the operator sets of a model, as the end of a sentence; null if nothing is.</summary>
    internal static string? FindFault(ModelProto model)
    {
        foreach (OperatorSetIdProto set in model.OpsetImport)
        {
            bool isMachineLearning = set.Domain == MachineLearningDomain;
            long expected = isMachineLearning ? OnnxGraphBuilder.MachineLearningOpsetVersion : ConverterVersion;
            if (StandardDomains.Contains(set.Domain) && set.Version != expected)
            {
                return $"operator set {set.Version} of '{set.Domain}' instead of {expected}";
            }
        }

        return null;
    }

    /// <summary>Returns whether an operator belongs to the ONNX standard.</summary>
    internal static bool IsStandard(NodeProto node) => StandardDomains.Contains(node.Domain);

    /// <summary>Returns a node for the newer operator set.</summary>
    /// <param name="node">The node; is not changed.</param>
    /// <param name="initializers">Receives the tensors that the node takes in addition.</param>
    internal static NodeProto Lift(NodeProto node, ICollection<TensorProto> initializers)
    {
        NodeProto lifted = node.Clone();
        switch (node.Domain is "" or "ai.onnx" ? node.OpType : null)
        {
            case "Unsqueeze" or "Squeeze" or "ReduceSum":
                MoveToInput(lifted, "axes", initializers);
                break;
            case "Split":
                MoveToInput(lifted, "split", initializers);
                break;
            case "Softmax" or "LogSoftmax" or "Hardmax" when !lifted.Attribute.Any(attribute => attribute.Name == "axis"):
                // The default was 1 and became -1. Where ML.NET uses them, these have two axes, for which both operator sets say the same.
                lifted.Attribute.Add(OnnxGraphBuilder.Integer("axis", 1));
                break;
        }

        return lifted;
    }

    private static void MoveToInput(NodeProto node, string attributeName, ICollection<TensorProto> initializers)
    {
        AttributeProto? attribute = node.Attribute.FirstOrDefault(attribute => attribute.Name == attributeName && attribute.Type == AttributeType.Ints);
        if (attribute is null)
        {
            return;
        }

        TensorProto tensor = new() { Name = $"{node.Output[0]}.{attributeName}", DataType = (int)DataType.Int64 };
        tensor.Dims.Add(attribute.Ints.Count);
        tensor.Int64Data.Add(attribute.Ints);
        initializers.Add(tensor);
        node.Input.Add(tensor.Name);
        node.Attribute.Remove(attribute);
    }
}
