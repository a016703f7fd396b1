using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Copies weights between a checkpoint, whose tensors are named and shaped as torchvision's, and the flat parameters of a training.</summary>
internal sealed class ParameterMap(TrainingState state)
{
    /// <summary>Loads the weights of the layers in training.</summary>
    /// <param name="weights">The weights; batch norm may be folded.</param>
    internal void Load(MobileNetV2Weights weights)
    {
        foreach (MappedConvolution convolution in Convolutions())
        {
            convolution.Read(weights.Checkpoint.Require($"{convolution.Layer.Name}.weight", convolution.Layer.WeightShape).Values, state.Parameters);
            Load(convolution.Norm, convolution.Layer, weights.Checkpoint);
        }
    }

    /// <summary>Returns a checkpoint with the layers in training as they are now, and all others as they are in another.</summary>
    internal Checkpoint Save(Checkpoint original)
    {
        Dictionary<string, WeightTensor> tensors = new(original.Tensors);
        foreach (MappedConvolution convolution in Convolutions())
        {
            ConvLayer layer = convolution.Layer;
            BatchNorm norm = convolution.Norm;
            int[] channels = [norm.Channels];
            tensors[$"{layer.Name}.weight"] = new(layer.WeightShape, convolution.Write(state.Parameters));
            float[] shift = Slice(state.Parameters, norm.ShiftStart, norm.Channels);
            if (norm.IsFolded)
            {
                tensors[$"{layer.Name}.bias"] = new(channels, shift);
            }
            else
            {
                tensors.Remove($"{layer.Name}.bias");
                tensors[$"{norm.Name}.weight"] = new(channels, Slice(state.Parameters, norm.ScaleStart, norm.Channels));
                tensors[$"{norm.Name}.bias"] = new(channels, shift);
                tensors[$"{norm.Name}.running_mean"] = new(channels, Slice(norm.RunningMean, 0, norm.Channels));
                tensors[$"{norm.Name}.running_var"] = new(channels, Slice(norm.RunningVariance, 0, norm.Channels));
            }
        }

        return original with { Tensors = tensors };
    }

    /// <summary>Returns gradients by the names of their tensors.</summary>
    internal Dictionary<string, float[]> GradientsByName()
    {
        Dictionary<string, float[]> gradients = [];
        foreach (MappedConvolution convolution in Convolutions())
        {
            gradients.Add($"{convolution.Layer.Name}.weight", convolution.Write(state.Gradients));
            gradients.Add($"{convolution.Norm.Name}.weight", Slice(state.Gradients, convolution.Norm.ScaleStart, convolution.Norm.Channels));
            gradients.Add($"{convolution.Norm.Name}.bias", Slice(state.Gradients, convolution.Norm.ShiftStart, convolution.Norm.Channels));
        }

        return gradients;
    }

    private void Load(BatchNorm norm, ConvLayer layer, Checkpoint checkpoint)
    {
        norm.IsFolded = BatchNormFolding.IsFolded(layer, checkpoint);
        Span<float> scale = state.Parameters.AsSpan(norm.ScaleStart, norm.Channels);
        Span<float> shift = state.Parameters.AsSpan(norm.ShiftStart, norm.Channels);
        if (norm.IsFolded)
        {
            scale.Fill(1);
            checkpoint.Require($"{layer.Name}.bias").Values.CopyTo(shift);
            return;
        }

        checkpoint.Require($"{norm.Name}.weight").Values.CopyTo(scale);
        checkpoint.Require($"{norm.Name}.bias").Values.CopyTo(shift);
        checkpoint.Require($"{norm.Name}.running_mean").Values.CopyTo(norm.RunningMean, 0);
        checkpoint.Require($"{norm.Name}.running_var").Values.CopyTo(norm.RunningVariance, 0);
    }

    internal IEnumerable<MappedConvolution> Convolutions()
    {
        foreach (BlockState block in state.Blocks)
        {
            yield return Map(block.Expand);
            yield return new(block.Plan.Depthwise, block.DepthwiseNorm, block.DepthwiseStart, block.Expand.PaddedOutputs);
            yield return new(block.Plan.Project, block.ProjectNorm, block.ProjectStart, block.ProjectPadded);
        }

        yield return Map(state.Last.Expand);
    }

    private static MappedConvolution Map(ExpandState expand) => new(expand.Layer, expand.Norm, expand.WeightStart, expand.PaddedOutputs);

    private static float[] Slice(float[] values, int start, int count) => values.AsSpan(start, count).ToArray();
}
