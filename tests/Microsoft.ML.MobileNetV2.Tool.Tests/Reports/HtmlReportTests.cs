using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;
using Microsoft.ML.MobileNetV2.Tool.Reports;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Reports;

[TestClass]
public sealed class HtmlReportTests
{
    [TestMethod]
    public void Create_ThousandMistakesInManyClasses_StaysBelowTheSize()
    {
        const int ThumbnailCount = 200;
        EvaluationReport report = CreateReport(classCount: 80, imageCount: 1000, index => index < ThumbnailCount ? new byte[ReportGallery.MostImageBytes / (2 * ThumbnailCount)] : null);

        string html = HtmlReport.Create(report);

        Assert.IsLessThan(HtmlReport.MostBytes, Encoding.UTF8.GetByteCount(html));
        Assert.HasCount(2 * ThumbnailCount + 1, html.Split("data:image/jpeg;base64,"));
        Assert.HasCount(1000 + 1, html.Split("<figure>"));
        Assert.Contains("The 50 classes with the most mistakes, of 80.", html);
    }

    [TestMethod]
    [DataRow(4_000, 10, 10, DisplayName = "many mistakes")]
    [DataRow(4_000, 60, 200, DisplayName = "long names")]
    [DataRow(2_000, 1_500, 20, DisplayName = "many classes")]
    [DataRow(500, 200, 20_000, DisplayName = "labels of a list that are whole texts")]
    public void Create_OfAnything_StaysBelowTheSizeAndSaysWhatIsLeftOut(int imageCount, int classCount, int nameLength)
    {
        const int ThumbnailCount = 200;
        EvaluationReport report = CreateReport(
            classCount, imageCount, index => index < ThumbnailCount ? new byte[ReportGallery.MostImageBytes / (2 * ThumbnailCount)] : null, new string('ü', nameLength));
        string[] paths = [.. report.Evaluation.Images.Select(image => image.Id)];

        string html = HtmlReport.Create(report with
        {
            Suspects = [.. paths.Select(path => new ReportSuspect(path, report.Evaluation.Classes[0].Label, report.Evaluation.Classes[1].Label, 0.9f))],
            Duplicates = [paths, .. paths.Chunk(2)],
        });

        Assert.IsLessThan(HtmlReport.MostBytes, Encoding.UTF8.GetByteCount(html));
        int shown = html.Split("<figure>").Length - 1;
        Assert.IsGreaterThan(ThumbnailCount / 2, shown);
        Match leftOut = Regex.Match(html, "(\\d+) more mistakes are left out");
        Assert.AreEqual(imageCount - shown, leftOut.Success ? int.Parse(leftOut.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
        Assert.Contains(" more</li>", html, "of the lists");
        Assert.AreEqual(classCount > 1_000, html.Contains("more classes are left out", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Create_LongClassName_IsWholeWhereThereIsRoom()
    {
        string name = string.Concat(Enumerable.Range(0, 40).Select(i => $"part{i:00} "));

        string html = HtmlReport.Create(CreateReport(classCount: 3, imageCount: 3, _ => null, name));

        Assert.Contains($"<th scope=\"row\">{name}class 0</th>", html);
        Assert.Contains($"title=\"{name}class 0\"><span>part00 ", html);
    }

    [TestMethod]
    public void Create_WithoutMistakes_SaysSo()
    {
        string[] classes = ["cat", "dog"];
        var evaluation = ClassificationEvaluation.Create([new ScoredImage("images/1.png", "cat", new float[] { 0.9f, 0.1f })], classes);

        string html = HtmlReport.Create(new("m.zip", "images", DateTimeOffset.UnixEpoch, evaluation, [], [], []));

        Assert.Contains("100.0 % accurate", html);
        Assert.Contains("<p>There are none.</p>", html);
        Assert.DoesNotContain("<button", html);
    }

    /// <summary>Returns a report in which every image is taken for the next class.</summary>
    private static EvaluationReport CreateReport(int classCount, int imageCount, Func<int, byte[]?> draw, string prefix = "")
    {
        string[] classes = [.. Enumerable.Range(0, classCount).Select(index => $"{prefix}class {index}")];
        var evaluation = ClassificationEvaluation.Create(
            Enumerable.Range(0, imageCount).Select(index => new ScoredImage($"images/{index}.png", classes[index % classCount], ScoresOf((index + 1) % classCount, classCount))),
            classes);
        ReportImage[] gallery = [.. evaluation.Images.Select((image, index) => new ReportImage(image, draw(index), draw(index)))];
        return new("m.zip", "images", DateTimeOffset.UnixEpoch, evaluation, gallery, [], []);
    }

    private static float[] ScoresOf(int best, int classCount)
    {
        float[] scores = new float[classCount];
        Array.Fill(scores, 0.5f / (classCount - 1));
        scores[best] = 0.5f;
        return scores;
    }
}
