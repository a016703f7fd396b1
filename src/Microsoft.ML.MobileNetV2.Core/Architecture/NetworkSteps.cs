namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Lists the steps of a network in order of execution.</summary>
internal static class NetworkSteps
{
    internal static IReadOnlyList<NetworkStep> Create(ConvLayer stem, IReadOnlyList<InvertedResidual> blocks, ConvLayer last)
    {
        List<NetworkStep> steps = [new ConvStep(stem, ConvRole.Stem)];
        foreach (InvertedResidual block in blocks)
        {
            AddBlock(steps, block);
        }

        steps.Add(new ConvStep(last, ConvRole.Last));
        steps.Add(new PoolStep());
        return steps;
    }

    private static void AddBlock(List<NetworkStep> steps, InvertedResidual block)
    {
        int inputStep = steps.Count - 1;
        if (block.Expand is { } expand)
        {
            steps.Add(new ConvStep(expand, ConvRole.Expand, block));
        }

        steps.Add(new ConvStep(block.Depthwise, ConvRole.Depthwise, block));
        steps.Add(new ConvStep(block.Project, ConvRole.Project, block));
        if (block.HasShortcut)
        {
            steps.Add(new ShortcutStep(block, inputStep));
        }
    }
}
