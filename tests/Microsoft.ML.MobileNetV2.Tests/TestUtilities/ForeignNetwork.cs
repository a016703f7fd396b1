using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Writes a network as another program would: under its names and in its order of dimensions.</summary>
internal static class ForeignNetwork
{
    internal static Checkpoint Rename(Checkpoint network, CheckpointNaming naming, MobileNetV2Architecture architecture)
    {
        Dictionary<string, WeightTensor> tensors = [];
        foreach (NamedTensor named in naming.Tensors(architecture).DistinctBy(named => named.Name))
        {
            if (network.Tensors.TryGetValue(named.Name, out WeightTensor? tensor))
            {
                tensors.Add(named.FileName, FromTorch(tensor, named.Layout));
            }
        }

        return new(network.Source, tensors, new Dictionary<string, string>());
    }

    private static WeightTensor FromTorch(WeightTensor tensor, TensorLayout layout) => layout switch
    {
        TensorLayout.TensorFlowConv => Permute(tensor, 2, 3, 1, 0),
        TensorLayout.TensorFlowDepthwise => Permute(tensor, 2, 3, 0, 1),
        TensorLayout.TensorFlowDense => Permute(tensor, 1, 0),
        _ => tensor,
    };

    /// <summary>Puts each number where the permuted index says: slow, and written unlike the code under test.</summary>
    private static WeightTensor Permute(WeightTensor tensor, params int[] axes)
    {
        int[] shape = [.. axes.Select(axis => tensor.Shape[axis])];
        float[] values = new float[tensor.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int[] index = new int[shape.Length];
            int rest = i;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axes[axis]] = rest % shape[axis];
                rest /= shape[axis];
            }

            int position = index.Zip(tensor.Shape).Aggregate(0, (sum, pair) => sum * pair.Second + pair.First);
            values[i] = tensor.Values[position];
        }

        return new(shape, values);
    }
}
