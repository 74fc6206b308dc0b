package io.pipewright.app.picture;

import io.pipewright.app.picture.Drawing.Box;
import io.pipewright.app.picture.Drawing.Dot;
import io.pipewright.app.picture.Drawing.Head;
import io.pipewright.app.picture.Drawing.Line;
import io.pipewright.app.picture.Drawing.Point;
import io.pipewright.app.picture.Drawing.Shape;
import io.pipewright.app.picture.Drawing.Stroke;
import io.pipewright.app.picture.Drawing.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextAttribute;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Paints a picture as PNG, two dots to a pixel so that it is sharp on any screen. It needs no screen itself. */
final class PngDrawing {

    private static final double SCALE = 2;

    /** An image of this many dots takes 160 MB while it is painted; a larger picture is scaled down to it. */
    private static final double MOST_DOTS = 40_000_000;

    private final Graphics2D graphics;

    private PngDrawing(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** The bytes of the file. Throws {@link NoFontsException} on a machine that has none. */
    static byte[] of(GraphPicture picture) {
        return of(PictureDrawer.draw(picture));
    }

    static byte[] of(Drawing drawing) {
        double scale = Math.min(SCALE, Math.sqrt(MOST_DOTS / (drawing.width() * drawing.height())));
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(drawing.width() * scale),
                (int) Math.ceil(drawing.height() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(scale, scale);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        PngDrawing painter = new PngDrawing(graphics);
        try {
            drawing.groups().forEach(group -> group.shapes().forEach(painter::paint));
        } catch (LinkageError | InternalError e) {
            throw new NoFontsException(e); // Java's fonts are native code, which fails to start without fontconfig
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void paint(Shape shape) {
        if (shape instanceof Box box) {
            RoundRectangle2D outline = new RoundRectangle2D.Double(
                    box.x(), box.y(), box.width(), box.height(), 2 * box.radius(), 2 * box.radius());
            graphics.setColor(Color.decode(box.fill()));
            graphics.fill(outline);
            draw(outline, box.stroke());
        } else if (shape instanceof Line line) {
            draw(path(line.points()), line.stroke());
        } else if (shape instanceof Head head) {
            Point tip = head.tip();
            Path2D triangle = path(List.of(
                    tip,
                    new Point(tip.x() - Head.LENGTH, tip.y() - Head.HALF),
                    new Point(tip.x() - Head.LENGTH, tip.y() + Head.HALF)));
            triangle.closePath();
            fill(triangle, head.color());
        } else if (shape instanceof Dot dot) {
            double radius = dot.radius();
            fill(
                    new Ellipse2D.Double(dot.center().x() - radius, dot.center().y() - radius, 2 * radius, 2 * radius),
                    dot.color());
        } else if (shape instanceof Text text) {
            write(text);
        }
    }

    private void draw(java.awt.Shape outline, Stroke stroke) {
        graphics.setColor(Color.decode(stroke.color()));
        float width = (float) stroke.width();
        graphics.setStroke(
                stroke.dotted()
                        ? new BasicStroke(
                                width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {1.5f, 3.5f}, 0)
                        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        graphics.draw(outline);
    }

    private void fill(java.awt.Shape area, String color) {
        graphics.setColor(Color.decode(color));
        graphics.fill(area);
    }

    /** Where the machine's font is wider than the table says, the text is made narrower. */
    private void write(Text text) {
        if (text.text().isEmpty()) {
            return;
        }
        Font font = new Font(Map.of(
                TextAttribute.FAMILY,
                Font.SANS_SERIF,
                TextAttribute.SIZE,
                (float) text.size(),
                TextAttribute.WEIGHT,
                text.bold() ? TextAttribute.WEIGHT_BOLD : TextAttribute.WEIGHT_REGULAR));
        double wide = font.getStringBounds(text.text(), graphics.getFontRenderContext())
                .getWidth();
        double room = TextWidth.of(text.text(), text.size(), text.bold());
        graphics.setFont(wide > room ? font.deriveFont(AffineTransform.getScaleInstance(room / wide, 1)) : font);
        graphics.setColor(Color.decode(text.color()));
        graphics.drawString(text.text(), (float) text.x(), (float) text.y());
    }

    private static Path2D path(List<Point> points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.get(0).x(), points.get(0).y());
        points.stream().skip(1).forEach(point -> path.lineTo(point.x(), point.y()));
        return path;
    }
}
