namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Makes plans for images and views, and keeps the last plain one: images of one data set tend to have the same size.</summary>
/// <remarks>Safe for use by several threads at once: a plan that another thread replaces stays valid for whoever holds it.</remarks>
internal sealed class ResizePlans(ImagePreprocessing preprocessing)
{
    private readonly PlainPlacement _plain = new(preprocessing);
    private volatile ResizePlan? _lastPlain;

    internal ISquarePlacement PlacementFor(ImageView? view) =>
        view?.Crop is { } crop ? new CropPlacement(crop, preprocessing.InputSize) : _plain;

    internal ResizePlan PlanFor(ImageLayout layout, ISquarePlacement placement)
    {
        if (placement != _plain)
        {
            return ResizePlan.Create(layout, placement, preprocessing.Interpolation);
        }

        ResizePlan? plan = _lastPlain;
        if (plan is null || plan.Layout != layout)
        {
            plan = ResizePlan.Create(layout, placement, preprocessing.Interpolation);
            _lastPlain = plan;
        }

        return plan;
    }
}
