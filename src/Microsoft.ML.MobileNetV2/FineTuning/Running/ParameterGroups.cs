using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Groups the parameters of a backbone by how they are updated.</summary>
internal static class ParameterGroups
{
    /// <summary>Returns the groups: kernels decay, batch norm and biases do not; lower blocks may learn more slowly.</summary>
    /// <param name="state">The backbone.</param>
    /// <param name="weightDecay">The weight decay.</param>
    /// <param name="learningRateDecay">The factor on the learning rate from one block to the one below.</param>
    internal static List<ParameterGroup> Create(TrainingState state, double weightDecay, double learningRateDecay)
    {
        List<ParameterGroup> groups = [];
        double factor = 1;
        Add(groups, state.Last.Expand, weightDecay, factor);
        foreach (BlockState block in state.Blocks.Reverse())
        {
            factor *= learningRateDecay;
            Add(groups, block.Expand, weightDecay, factor);
            Add(groups, block.DepthwiseStart, 9 * block.Expand.PaddedOutputs, weightDecay, factor);
            Add(groups, block.DepthwiseNorm, factor);
            Add(groups, block.ProjectStart, block.Expand.Outputs * block.ProjectPadded, weightDecay, factor);
            Add(groups, block.ProjectNorm, factor);
        }

        return groups;
    }

    private static void Add(List<ParameterGroup> groups, ExpandState expand, double weightDecay, double factor)
    {
        Add(groups, expand.WeightStart, expand.Inputs * expand.PaddedOutputs, weightDecay, factor);
        Add(groups, expand.Norm, factor);
    }

    private static void Add(List<ParameterGroup> groups, BatchNorm norm, double factor)
    {
        if (!norm.IsFolded)
        {
            Add(groups, norm.ScaleStart, norm.Padded, weightDecay: 0, factor);
        }

        Add(groups, norm.ShiftStart, norm.Padded, weightDecay: 0, factor);
    }

    private static void Add(List<ParameterGroup> groups, int start, int length, double weightDecay, double factor) =>
        groups.Add(new() { Start = start, Length = length, WeightDecay = weightDecay, LearningRateFactor = factor });
}
